/** The faces of a style's reference that shows several, as the window lets one choose among them. */
import { cropPicture } from '../../models/image/crop.ts';
import type { Picture, Rect } from '../../models/image/picture.ts';
import { shrinkPicture } from '../../models/image/shrink.ts';

export interface Sitters {
  /** A small square picture of each, from the left. */
  readonly faces: readonly Picture[];
  /** What a look asked for, and whom it got; both counted from the left, from 1, but 0 asks for the largest. */
  readonly wished: number;
  readonly used: number;
}

/** @param faces none where the reference shows one */
export const sittersOf = (faces: readonly Picture[], wished: number, used: number): Sitters | null =>
  faces.length > 0 ? { faces, wished, used } : null;

/** Edge (px) of a face's picture at the most: twice what the window shows, for dense screens. */
const EDGE = 72;
/** Edge of what is shown over the larger side of the face's box, so that hair and chin are seen. */
const AROUND = 1.7;
/** A face's box ends at the brows: the middle is this share of its height above the box's own. */
const ABOVE = 0.15;

/** @param boxes of all faces, px of the reference @returns none where it shows one face, which needs no choice */
export function facePictures(reference: Picture, boxes: readonly Rect[]): Picture[] {
  if (boxes.length < 2) return [];
  return boxes.map((box) => shrinkPicture(cropPicture(reference, squareAround(box, reference)), EDGE, EDGE));
}

function squareAround({ x, y, width, height }: Rect, picture: Picture): Rect {
  const edge = Math.min(Math.round(AROUND * Math.max(width, height)), picture.width, picture.height);
  const start = (middle: number, length: number) =>
    Math.min(length - edge, Math.max(0, Math.round(middle - edge / 2)));
  return {
    x: start(x + width / 2, picture.width),
    y: start(y + (0.5 - ABOVE) * height, picture.height),
    width: edge,
    height: edge,
  };
}
