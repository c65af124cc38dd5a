import { createPlane, type Plane } from '../image/picture.ts';
import { CHIN, FACE_OVAL, FOREHEAD_TOP, LEFT_BROW, RIGHT_BROW } from './topology.ts';

/** Where a face sits: its middle, and the direction and length of its height (px). */
export interface FaceFrame {
  readonly centre: readonly [number, number];
  /** Unit vector from forehead to chin. */
  readonly down: readonly [number, number];
  readonly height: number;
}

/** @param landmarks 468 · 3 coordinates in pixels */
export function faceFrame(landmarks: Float32Array): FaceFrame {
  const point = (k: number) => [landmarks[k * 3], landmarks[k * 3 + 1]] as const;
  const [top, chin] = [point(FOREHEAD_TOP), point(CHIN)];
  const height = Math.hypot(chin[0] - top[0], chin[1] - top[1]);
  return {
    centre: [(top[0] + chin[0]) / 2, (top[1] + chin[1]) / 2],
    down: [(chin[0] - top[0]) / height, (chin[1] - top[1]) / height],
    height,
  };
}

/** Places relative to a face; see `facePositions`. */
export interface FacePositions {
  readonly x: Plane;
  readonly y: Plane;
  readonly radius: Plane;
  /** y of the upper edge of the brows. */
  readonly brows: number;
}

/** Directions in which the outline is looked up. */
const DIRECTIONS = 128;

/**
 * For each pixel its place relative to the face: x to the side and y downwards in face heights from the middle of the
 * face (forehead -0.5, chin 0.5), and `radius`, the distance from the middle over that of the mesh's outline in the
 * same direction.
 * @param landmarks 468 · 3 coordinates in pixels
 */
export function facePositions(landmarks: Float32Array, width: number, rows: number): FacePositions {
  const { centre, down, height } = faceFrame(landmarks);
  const outline = outlineRadii(landmarks, centre);
  const x = createPlane(width, rows);
  const y = createPlane(width, rows);
  const radius = createPlane(width, rows);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < width; column++, i++) {
      const dx = column - centre[0];
      const dy = row - centre[1];
      y.data[i] = (dx * down[0] + dy * down[1]) / height;
      x.data[i] = (dx * down[1] - dy * down[0]) / height;
      radius.data[i] = Math.hypot(dx, dy) / outline[directionOf(dx, dy)];
    }
  }
  const heights = [...LEFT_BROW, ...RIGHT_BROW].map(
    (k) => ((landmarks[k * 3] - centre[0]) * down[0] + (landmarks[k * 3 + 1] - centre[1]) * down[1]) / height,
  );
  return { x, y, radius, brows: Math.min(...heights) };
}

const directionOf = (dx: number, dy: number): number =>
  Math.min(DIRECTIONS - 1, Math.floor((Math.atan2(dy, dx) / (2 * Math.PI) + 0.5) * DIRECTIONS));

/** The distance (px) of the face's outline from `centre` in each direction. */
function outlineRadii(landmarks: Float32Array, [cx, cy]: readonly [number, number]): Float64Array {
  const points = FACE_OVAL.map((k) => {
    const [dx, dy] = [landmarks[k * 3] - cx, landmarks[k * 3 + 1] - cy];
    return { angle: Math.atan2(dy, dx), length: Math.hypot(dx, dy) };
  }).sort((a, b) => a.angle - b.angle);
  const turn = 2 * Math.PI;
  const around = [
    { ...points[points.length - 1], angle: points[points.length - 1].angle - turn },
    ...points,
    { ...points[0], angle: points[0].angle + turn },
  ];
  return Float64Array.from({ length: DIRECTIONS }, (_, d) => {
    const angle = ((d + 0.5) / DIRECTIONS - 0.5) * turn;
    const k = Math.max(
      1,
      around.findIndex((point) => point.angle >= angle),
    );
    const [a, b] = [around[k - 1], around[k]];
    const t = b.angle > a.angle ? (angle - a.angle) / (b.angle - a.angle) : 0;
    return a.length + t * (b.length - a.length);
  });
}
