/** Finds the portraits of a frame and puts restyled ones in their places, each as large as the export needs it. */
import { createHash } from 'node:crypto';
import { LimnerError, withHint } from '../../models/errors.ts';
import { flipPicture } from '../../models/image/flip.ts';
import type { Picture } from '../../models/image/picture.ts';
import { resizePicture } from '../../models/image/resize.ts';
import { turnPicture } from '../../models/image/turn.ts';
import type { FullScale } from '../../models/stylize/render-full.ts';
import { encodePicture } from '../core/pictures/encode-picture.ts';
import { decodePicture } from '../core/pictures/read-picture.ts';
import {
  type EmbeddedPicture,
  embeddedPictures,
  type Frame,
  otherPictures,
  replacePicture,
} from './frame.ts';
import type { Placement } from './measure-pictures.ts';

export interface RestyleOptions {
  /** Frame pixels to output pixels. */
  readonly scale: number;
  /** Names of layers; null: all pictures with a face. */
  readonly layers: readonly string[] | null;
  /** Paints a portrait `scale` times as large. @throws NO_FACE */
  readonly paint: (portrait: Picture, scale: FullScale) => Promise<Picture>;
  /** Whether there is a face in a picture that is not going to be painted. */
  readonly hasFace: (picture: Picture) => Promise<boolean>;
  readonly onProgress?: (share: number) => void;
}

export interface Restyled {
  /** Distinct pictures that were painted. */
  readonly portraits: number;
  /** Distinct pictures with a face, or that could not be read, that were left as they are. */
  readonly unstyled: number;
  /** What somebody should know: which those are, and other pictures that were asked for and have no face. */
  readonly warnings: readonly string[];
}

/** Changes the frame. @throws NO_LAYER when a named layer is not there, and what painting throws */
export async function restyleFrame(
  frame: Frame,
  placements: readonly Placement[],
  options: RestyleOptions,
): Promise<Restyled> {
  const { wanted, others } = groupsOf(frame, placements, options.layers);
  const warnings: string[] = [];
  let [portraits, unstyled] = [0, 0];
  for (const [i, group] of wanted.entries()) {
    try {
      const png = await restyle(group, options);
      for (const picture of group.pictures) replacePicture(picture, png);
      portraits++;
    } catch (error) {
      if (!(error instanceof LimnerError)) throw error;
      if (UNREADABLE.has(error.code)) unstyled++;
      else if (!FACELESS.has(error.code)) throw error;
      if (options.layers || UNREADABLE.has(error.code))
        warnings.push(`${group.placement.layers[0] ?? 'A picture'}: ${withHint(error)}`);
    }
    options.onProgress?.((i + 1) / wanted.length);
  }
  for (const { name, bytes } of [...others, ...otherPictures(frame).map(unnamed)]) {
    if (!(await showsFace(bytes, options))) continue;
    unstyled++;
    warnings.push(`${name} shows a face and was left as it is.`);
  }
  return { portraits, unstyled, warnings };
}

/** Pictures that are none of ours stay as they are. */
const FACELESS = new Set<string>(['NO_FACE', 'PICTURE_TOO_SMALL', 'ANIMATED_PICTURE']);
/** What a browser shows all the same, perhaps. */
const UNREADABLE = new Set<string>([
  'CORRUPT_PICTURE',
  'TRUNCATED_PICTURE',
  'UNSUPPORTED_FORMAT',
  'TOO_MANY_PIXELS',
]);

const unnamed = (bytes: Uint8Array) => ({ name: 'A picture of a filter or a style', bytes });

async function showsFace(bytes: Uint8Array, { hasFace }: RestyleOptions): Promise<boolean> {
  const picture = await decodePicture(bytes, 'A picture of the frame').catch((error: unknown) => {
    if (error instanceof LimnerError) return null;
    throw error;
  });
  return picture !== null && hasFace(picture);
}

interface Group {
  readonly pictures: readonly EmbeddedPicture[];
  /** Where it is shown largest. */
  readonly placement: Placement;
}

interface Chosen {
  readonly wanted: readonly Group[];
  /** Pictures that nobody wants painted, or that are not shown as themselves. */
  readonly others: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** The same picture, however often and wherever it is shown, is painted once. */
function groupsOf(frame: Frame, placements: readonly Placement[], layers: readonly string[] | null): Chosen {
  const groups = new Map<string, Group>();
  const others = new Map<string, { name: string; bytes: Uint8Array }>();
  const isWanted = (placement: Placement) =>
    placement.density > 0 && (!layers || placement.layers.some((layer) => layers.includes(layer)));
  embeddedPictures(frame).forEach((picture, i) => {
    const placement = placements[i];
    const hash = createHash('sha256').update(picture.bytes).digest('hex');
    if (!isWanted(placement)) {
      const name = placement.layers[0] ?? (picture.element.getAttribute('id') || 'A picture');
      others.set(hash, { name, bytes: picture.bytes });
      return;
    }
    const known = groups.get(hash);
    const largest = known && known.placement.density > placement.density ? known.placement : placement;
    groups.set(hash, { pictures: [...(known?.pictures ?? []), picture], placement: largest });
  });
  const missing = layers?.find((layer) => !placements.some((placement) => placement.layers.includes(layer)));
  if (missing !== undefined) {
    throw new LimnerError(
      'NO_LAYER',
      `${frame.name} has no layer ${JSON.stringify(missing)} that shows a picture.`,
    );
  }
  return { wanted: [...groups.values()], others: [...others.values()] };
}

async function restyle({ pictures, placement }: Group, options: RestyleOptions): Promise<Uint8Array> {
  const picture = await decodePicture(pictures[0].bytes, 'A picture of the frame');
  const upright = turnPicture(placement.isMirrored ? flipPicture(picture) : picture, placement.quarterTurns);
  const density = placement.density * options.scale;
  const portrait = density < 1 ? shrunk(upright, density) : upright;
  const painted = turnPicture(await options.paint(portrait, enlargement(density)), -placement.quarterTurns);
  return encodePicture(placement.isMirrored ? flipPicture(painted) : painted, 'png');
}

/** The least enlargement that gives every output pixel one of its own. */
const enlargement = (density: number): FullScale => (density <= 1.05 ? 1 : density <= 2.1 ? 2 : 4);

/** Edge (px) that a portrait keeps, so that faces are still found in small avatars. */
const SMALLEST_PORTRAIT = 256;

function shrunk(picture: Picture, density: number): Picture {
  const shorter = Math.min(picture.width, picture.height);
  const factor = Math.min(1, Math.max(density, SMALLEST_PORTRAIT / shorter));
  return resizePicture(picture, Math.round(picture.width * factor), Math.round(picture.height * factor));
}
