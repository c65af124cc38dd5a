import { gaussianBlur } from '../image/blur.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { FACE_OVAL } from './topology.ts';

/**
 * Where the face is: 1 inside the mesh's oval (chin to hairline, without ears), 0 outside, in between at the edge.
 *
 * @param landmarks 468 · 3 numbers in pixels
 * @param width of the mask, px
 * @param height of the mask, px
 * @param softness of the edge, the sigma of a Gaussian in pixels
 */
export function faceMask(landmarks: Float32Array, width: number, height: number, softness: number): Plane {
  return contourMask(landmarks, FACE_OVAL, width, height, softness);
}

/**
 * 1 inside a closed contour of the mesh, 0 outside, in between at the edge.
 * @param landmarks 468 · 3 numbers in pixels
 * @param contour a list of ./topology.ts
 * @param width of the mask, px
 * @param height of the mask, px
 * @param softness of the edge, the sigma of a Gaussian in pixels
 */
export function contourMask(
  landmarks: Float32Array,
  contour: readonly number[],
  width: number,
  height: number,
  softness: number,
): Plane {
  const mask = createPlane(width, height);
  const polygon = contour.map((index): Point => [landmarks[3 * index], landmarks[3 * index + 1]]);
  const reach = Math.ceil(TAIL * softness);
  const [left, right] = rangeOf(polygon, 0, reach, width);
  const [top, bottom] = rangeOf(polygon, 1, reach, height);
  if (left >= right || top >= bottom) return mask;
  const part = createPlane(right - left, bottom - top);
  for (let y = 0; y < part.height; y++) {
    const crossings = crossingsAt(polygon, top + y + 0.5);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = clamp(Math.round(crossings[k]) - left, part.width);
      const to = clamp(Math.round(crossings[k + 1]) - left, part.width);
      part.data.fill(1, y * part.width + from, y * part.width + to);
    }
  }
  const { data } = softness > 0 ? gaussianBlur(part, softness) : part;
  for (let y = 0; y < part.height; y++) {
    const row = data.subarray(y * part.width, (y + 1) * part.width);
    mask.data.set(row, (top + y) * width + left);
  }
  return mask;
}

/** Sigmas after which nothing is left of an edge. */
const TAIL = 6;

/** The whole pixels of an axis that a polygon takes up, and `reach` more to either side, within the axis's length. */
function rangeOf(
  polygon: readonly Point[],
  axis: 0 | 1,
  reach: number,
  length: number,
): [from: number, to: number] {
  const values = polygon.map((point) => point[axis]);
  const from = Math.floor(Math.min(...values)) - reach;
  return [clamp(from, length), clamp(Math.ceil(Math.max(...values)) + reach, length)];
}

type Point = readonly [x: number, y: number];

const clamp = (x: number, width: number): number => Math.min(width, Math.max(0, x));

/** Where a closed polygon crosses a horizontal line, from left to right. */
function crossingsAt(polygon: readonly Point[], y: number): number[] {
  return polygon
    .flatMap(([ax, ay], i) => {
      const [bx, by] = polygon[(i + 1) % polygon.length];
      return ay <= y !== by <= y ? [ax + ((y - ay) / (by - ay)) * (bx - ax)] : [];
    })
    .sort((a, b) => a - b);
}
