import { createPlane, type Plane } from '../image/picture.ts';
import { CHIN, FOREHEAD_TOP } from './topology.ts';

/** Mesh points on the sides of the face at eye height. */
const SIDES = [234, 454] as const;

/** Where a face sits: its middle, the direction and length of its height, and half its width (px). */
export interface FaceFrame {
  readonly centre: readonly [number, number];
  /** Unit vector from forehead to chin. */
  readonly down: readonly [number, number];
  readonly height: number;
  readonly halfWidth: number;
}

/** @param landmarks 468 · 3 coordinates in pixels */
export function faceFrame(landmarks: Float32Array): FaceFrame {
  const point = (k: number) => [landmarks[k * 3], landmarks[k * 3 + 1]] as const;
  const [top, chin, left, right] = [point(FOREHEAD_TOP), point(CHIN), point(SIDES[0]), point(SIDES[1])];
  const height = Math.hypot(chin[0] - top[0], chin[1] - top[1]);
  return {
    centre: [(top[0] + chin[0]) / 2, (top[1] + chin[1]) / 2],
    down: [(chin[0] - top[0]) / height, (chin[1] - top[1]) / height],
    height,
    halfWidth: Math.hypot(right[0] - left[0], right[1] - left[1]) / 2,
  };
}

/**
 * For each pixel its place relative to the face: x to the side and y downwards in face heights from the middle of the
 * face (forehead -0.5, chin 0.5), and `oval`, the radius in the ellipse of the face (1 on its outline).
 */
export function toFaceFrame(
  { centre, down, height, halfWidth }: FaceFrame,
  width: number,
  rows: number,
): { x: Plane; y: Plane; oval: Plane } {
  const x = createPlane(width, rows);
  const y = createPlane(width, rows);
  const oval = createPlane(width, rows);
  const aspect = height / 2 / Math.max(1, halfWidth);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < width; column++, i++) {
      const dx = column - centre[0];
      const dy = row - centre[1];
      y.data[i] = (dx * down[0] + dy * down[1]) / height;
      x.data[i] = (dx * down[1] - dy * down[0]) / height;
      oval.data[i] = 2 * Math.hypot(y.data[i], x.data[i] * aspect);
    }
  }
  return { x, y, oval };
}
