/** Finds the portraits of a frame and puts restyled ones in their places, each as large as the export needs it. */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { LimnerError } from '../../models/errors.ts';
import type { Picture } from '../../models/image/picture.ts';
import { resizePicture } from '../../models/image/resize.ts';
import type { FullScale } from '../../models/stylize/render-full.ts';
import { encodePicture } from '../core/pictures/encode-picture.ts';
import { decodePicture } from '../core/pictures/read-picture.ts';
import { type EmbeddedPicture, embeddedPictures, type Frame, replacePicture } from './frame.ts';
import type { Placement } from './measure-pictures.ts';

export interface RestyleOptions {
  /** Frame pixels to output pixels. */
  readonly scale: number;
  /** Names of layers; null: all pictures with a face. */
  readonly layers: readonly string[] | null;
  /** Paints a portrait `scale` times as large. @throws NO_FACE */
  readonly paint: (portrait: Picture, scale: FullScale) => Promise<Picture>;
  readonly onProgress?: (share: number) => void;
}

export interface Restyled {
  /** Distinct pictures that were painted. */
  readonly portraits: number;
  /** Why pictures were left as they are, where somebody should know. */
  readonly warnings: readonly string[];
}

/** Changes the frame. @throws NO_LAYER when a named layer is not there, and what painting throws */
export async function restyleFrame(
  frame: Frame,
  placements: readonly Placement[],
  options: RestyleOptions,
): Promise<Restyled> {
  const wanted = groupsOf(frame, placements, options.layers);
  const warnings: string[] = [];
  let portraits = 0;
  for (const [i, group] of wanted.entries()) {
    try {
      const png = await restyle(group, options);
      for (const picture of group.pictures) replacePicture(picture, png);
      portraits++;
    } catch (error) {
      if (!(error instanceof LimnerError) || !SKIPPED.has(error.code)) throw error;
      if (options.layers) warnings.push(`${group.placement.layers[0] ?? 'A picture'}: ${error.message}`);
    }
    options.onProgress?.((i + 1) / wanted.length);
  }
  return { portraits, warnings };
}

/** Pictures that are none of ours stay as they are. */
const SKIPPED = new Set<string>(['NO_FACE', 'PICTURE_TOO_SMALL', 'ANIMATED_PICTURE']);

interface Group {
  readonly pictures: readonly EmbeddedPicture[];
  /** Where it is shown largest. */
  readonly placement: Placement;
}

/** The same picture, however often and wherever it is shown, is painted once. */
function groupsOf(frame: Frame, placements: readonly Placement[], layers: readonly string[] | null): Group[] {
  const groups = new Map<string, Group>();
  const isWanted = (placement: Placement) =>
    placement.density > 0 && (!layers || placement.layers.some((layer) => layers.includes(layer)));
  embeddedPictures(frame).forEach((picture, i) => {
    const placement = placements[i];
    if (!isWanted(placement)) return;
    const hash = createHash('sha256').update(picture.bytes).digest('hex');
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
  return [...groups.values()];
}

async function restyle({ pictures, placement }: Group, options: RestyleOptions): Promise<Uint8Array> {
  const picture = await decodePicture(pictures[0].bytes, 'A picture of the frame');
  const upright = await turn(picture, placement.quarterTurns);
  const density = placement.density * options.scale;
  const portrait = density < 1 ? shrunk(upright, density) : upright;
  const painted = await options.paint(portrait, enlargement(density));
  return encodePicture(await turn(painted, 4 - placement.quarterTurns), 'png');
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

/** @param quarters clockwise */
async function turn(picture: Picture, quarters: number): Promise<Picture> {
  if (quarters % 4 === 0) return picture;
  const { width, height, data } = picture;
  const turned = await sharp(data, { raw: { width, height, channels: 4 } })
    .rotate((quarters % 4) * 90)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const samples = new Uint8ClampedArray(turned.data.buffer, turned.data.byteOffset, turned.data.byteLength);
  return { width: turned.info.width, height: turned.info.height, data: samples };
}
