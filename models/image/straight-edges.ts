/**
 * Straight, upright borders: where one picture ends and another, a frame or a page begins. Texture jumps here and there;
 * a border does all along.
 */
import type { Picture, Rect } from './picture.ts';
import { shrinkPicture } from './shrink.ts';

/** Longest side (px) at which borders are looked for: fine enough to lose a pixel or two, coarse enough to be quick. */
const WORK_SIZE = 640;
/** Least difference (0..255, in any channel) across a border; JPEG's noise and gradients stay below. */
const STEP = 18;
/** A border may be this soft (px): what lies between is not compared. */
const SOFT = 1;

/** `column`: between two columns; `row`: between two rows. */
export type Line = 'column' | 'row';

/** A copy to look for borders in, and its size over the picture's. */
export function edgeCopy(picture: Picture): { readonly copy: Picture; readonly scale: number } {
  const scale = Math.min(1, WORK_SIZE / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((edge) =>
    Math.max(1, Math.round(edge * scale)),
  );
  return { copy: shrinkPicture(picture, width, height), scale };
}

/**
 * Share (0..1) of the pixels from `from` to `to` along a line across which colours jump.
 * @param at the line lies before this column or row
 */
export function stepShare(picture: Picture, line: Line, at: number, from: number, to: number): number {
  const { width, height, data } = picture;
  const length = line === 'column' ? width : height;
  const [before, after] = [at - 1 - SOFT, at + SOFT];
  if (before < 0 || after >= length) return 0;
  const [across, along] = line === 'column' ? [4, 4 * width] : [4 * width, 4];
  const [start, end] = [Math.max(0, from), Math.min(line === 'column' ? height : width, to)];
  let steps = 0;
  for (let k = start; k < end; k++) {
    const [a, b] = [before * across + k * along, after * across + k * along];
    if (largestDifference(data, a, b) > STEP) steps++;
  }
  return end > start ? steps / (end - start) : 0;
}

const largestDifference = (data: Uint8ClampedArray, a: number, b: number): number =>
  Math.max(
    Math.abs(data[a] - data[b]),
    Math.abs(data[a + 1] - data[b + 1]),
    Math.abs(data[a + 2] - data[b + 2]),
  );

/** A rectangle times `factor`, in whole pixels no further out than it. */
export function scaleInside({ x, y, width, height }: Rect, factor: number, limit: Picture): Rect {
  const [left, top] = [Math.ceil(x * factor), Math.ceil(y * factor)];
  const right = Math.min(limit.width, Math.floor((x + width) * factor));
  const bottom = Math.min(limit.height, Math.floor((y + height) * factor));
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}
