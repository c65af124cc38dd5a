/** From faces to boxes as somebody drew them around the face of the first frame. */
import { CHIN, type Face, FOREHEAD_TOP, LEFT_SIDE, RIGHT_SIDE } from '../../../models/face/index.ts';
import type { Rect } from '../../../models/image/picture.ts';

/** Where a box lies against a face, in sizes of the face. */
export interface BoxRelation {
  /** How far its middle is below the face's. Sideways, the box is taken to be in the middle of the face. */
  readonly below: number;
  readonly width: number;
  readonly height: number;
}

/** Middle of the outline, and the square root of the area of the box around it. */
function place({ landmarks, box }: Face): { x: number; y: number; size: number } {
  const mean = (axis: number) =>
    [LEFT_SIDE, RIGHT_SIDE, FOREHEAD_TOP, CHIN].reduce((sum, k) => sum + landmarks[3 * k + axis] / 4, 0);
  return { x: mean(0), y: mean(1), size: Math.sqrt(box.width * box.height) };
}

/** The relation that holds in the first frame, and is then kept. */
export function relationOf(box: Rect, face: Face): BoxRelation {
  const { y, size } = place(face);
  return {
    below: (box.y + box.height / 2 - y) / size,
    width: box.width / size,
    height: box.height / size,
  };
}

export function boxOf(face: Face, { below, width, height }: BoxRelation): Rect {
  const { x, y, size } = place(face);
  return {
    x: x - (width * size) / 2,
    y: y + (below - height / 2) * size,
    width: width * size,
    height: height * size,
  };
}
