/** The pictures of an evaluation painted as a sequence, as stills, and as sequences that are disturbed. */
import type { FaceNetworks } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import {
  paintSequence,
  paintShots,
  type SequenceFrame,
  type SequenceOptions,
  SequencePainter,
  type TrackedFrame,
  trackSequence,
} from '../../../models/sequence/index.ts';
import { type PreparedStyle, stylize } from '../../../models/stylize/stylize.ts';
import { noisy, shifted } from '../disturb-picture.ts';
import { frameDifference, type Head } from './sequence-measures.ts';

export interface PaintingOptions {
  readonly options: Omit<SequenceOptions, 'signal'>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number, stage: string) => void;
}

/** @returns with the time of a picture but the one that is painted first */
export async function paintAll(
  pictures: readonly Picture[],
  style: PreparedStyle,
  networks: FaceNetworks,
  { options, signal, onProgress }: PaintingOptions,
) {
  const count = pictures.length;
  const tracked: TrackedFrame[] = [];
  const began = cpu();
  for await (const frame of trackSequence(pictures, networks)) tracked.push(frame);
  let [painted, since] = [0, cpu()];
  let milliseconds = (since - began) / count;
  const onPainted = () => {
    if (painted++ > 0) milliseconds += (cpu() - since) / (count - 1);
    onProgress?.((0.5 * painted) / count, 'sequence');
    since = cpu();
  };
  const painter = new SequencePainter(style, networks, { ...options, signal });
  const frames: SequenceFrame[] = [];
  for await (const some of paintShots(tracked, painter, { onPainted })) frames.push(...some);
  return {
    pictures: frames.map(({ picture }) => picture),
    lost: frames.filter(({ faces }) => faces.length === 0).length,
    newCanvases: frames.filter(({ isNewKey }) => isNewKey).length,
    milliseconds,
  };
}

export async function paintStills(
  pictures: readonly Picture[],
  style: PreparedStyle,
  networks: FaceNetworks,
  { options, signal, onProgress }: PaintingOptions,
) {
  const out: Picture[] = [];
  let milliseconds = 0;
  for (const [i, picture] of pictures.entries()) {
    const since = cpu();
    const result = await stylize(picture, style, networks, { ...options, signal });
    // The first one prepares views of the reference that all others use.
    if (i > 0) milliseconds += (cpu() - since) / (pictures.length - 1);
    out.push(result.picture);
    onProgress?.(0.5 + (0.4 * out.length) / pictures.length, 'stills');
  }
  return { pictures: out, milliseconds };
}

/** Milliseconds of the processor: what else runs on a machine does not count. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** What the result does when the portrait hardly changes; the third picture is one that is painted anew. */
export async function disturb(
  portrait: Picture,
  { mask }: Head,
  style: PreparedStyle,
  networks: FaceNetworks,
  { options, signal }: PaintingOptions,
) {
  const last = async (third: Picture) => {
    const list: Picture[] = [];
    const frames = [portrait, portrait, third];
    const settings = { ...options, opening: 1, signal };
    for await (const { picture } of paintSequence(frames, style, networks, settings)) list.push(picture);
    return [list[0], list[2]] as const;
  };
  const [before, moved] = await last(shifted(portrait, 1));
  const [still, grainy] = await last(noisy(portrait, 1.5));
  return {
    shift: frameDifference(before, shifted(moved, -1), mask),
    noise: frameDifference(still, grainy, mask),
  };
}
