/** From faces to boxes as somebody drew them around the face of the first frame. */
import { CHIN, type Face, FOREHEAD_TOP, LEFT_SIDE, RIGHT_SIDE } from '../../../models/face/index.ts';
import type { Rect } from '../../../models/image/picture.ts';

/** Where a box lies against a face, in sizes of the face. */
export interface BoxRelation {
  /** How far its middle is to the right of the face's, and below it. */
  readonly right: number;
  readonly below: number;
  readonly width: number;
  readonly height: number;
}

/** Faces are symmetric: a box that lies so little aside (sizes of the face) was meant to be in the middle. */
const SLIP = 0.1;

/** Middle of the outline, and the square root of the area of the box around it. */
function place({ landmarks, box }: Face): { x: number; y: number; size: number } {
  const mean = (axis: number) =>
    [LEFT_SIDE, RIGHT_SIDE, FOREHEAD_TOP, CHIN].reduce((sum, k) => sum + landmarks[3 * k + axis] / 4, 0);
  return { x: mean(0), y: mean(1), size: Math.sqrt(box.width * box.height) };
}

/** The relation that holds in the first frame, and is then kept. */
export function relationOf(box: Rect, face: Face): BoxRelation {
  const { x, y, size } = place(face);
  const right = (box.x + box.width / 2 - x) / size;
  return {
    right: Math.abs(right) < SLIP ? 0 : right,
    below: (box.y + box.height / 2 - y) / size,
    width: box.width / size,
    height: box.height / size,
  };
}

export function boxOf(face: Face, { right, below, width, height }: BoxRelation): Rect {
  const { x, y, size } = place(face);
  return {
    x: x + (right - width / 2) * size,
    y: y + (below - height / 2) * size,
    width: width * size,
    height: height * size,
  };
}
