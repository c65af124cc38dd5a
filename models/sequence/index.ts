/** Steady sequences: a portrait that moves, restyled from one reference. */
import type { FaceNetworks } from '../face/index.ts';
import type { Picture } from '../image/picture.ts';
import type { PreparedStyle } from '../stylize/reference.ts';
import { paintShots, type ShotPainting } from './paint-shots.ts';
import { type SequenceFrame, type SequenceOptions, SequencePainter } from './sequence-painter.ts';
import { type TrackOptions, trackSequence } from './track-faces.ts';

export { misfitOf } from './misfit.ts';
export { type Flow, type FlowOptions, opticalFlow } from './optical-flow.ts';
export { paintShots, type ShotPainting } from './paint-shots.ts';
export {
  type PainterMemory,
  type SequenceFrame,
  type SequenceOptions,
  SequencePainter,
} from './sequence-painter.ts';
export { createTap, placeTap, readTap, splineCoefficients } from './spline.ts';
export { steadyFlow } from './steady-flow.ts';
export { type TrackedFrame, type TrackOptions, trackSequence } from './track-faces.ts';

/**
 * Paints pictures of one size as they come; memory does not depend on how many there are.
 * @throws CANCELLED; RangeError when a setting is out of its range
 */
export async function* paintSequence(
  pictures: AsyncIterable<Picture> | Iterable<Picture>,
  style: PreparedStyle,
  networks: FaceNetworks,
  options: SequenceOptions & TrackOptions & ShotPainting = {},
): AsyncGenerator<SequenceFrame> {
  const painter = new SequencePainter(style, networks, options);
  const tracked = trackSequence(pictures, networks, options);
  const { live = false, opening = live ? 1 : undefined, onPainted } = options;
  for await (const run of paintShots(tracked, painter, { opening, onPainted })) yield* run;
}
