import type { Iris } from '../../../models/face/index.ts';
import {
  FACE_OVAL,
  LEFT_BROW,
  LEFT_EYE,
  LIPS_INNER,
  LIPS_OUTER,
  RIGHT_BROW,
  RIGHT_EYE,
} from '../../../models/face/topology.ts';
import type { Point } from './stroke.ts';

/** What a portraitist draws first, as paths in px. */
export interface Features {
  readonly upperLids: readonly Point[][];
  readonly lowerLids: readonly Point[][];
  readonly eyes: readonly Point[][];
  /** From the nose outwards. */
  readonly brows: readonly Point[][];
  /** Where the lips meet; two paths where the mouth is open. */
  readonly lipLines: readonly Point[][];
  readonly lips: readonly Point[];
  readonly underLip: readonly Point[];
  readonly noseBase: readonly Point[];
  readonly nostrils: readonly Point[];
  readonly oval: readonly Point[];
  readonly irises: readonly Iris[];
}

/** Share of the mouth's width that it must be open for two lines. */
const OPEN = 0.06;

export function findFeatures(landmarks: Float32Array, irises: readonly Iris[]): Features {
  const at = (index: number): Point => [landmarks[3 * index], landmarks[3 * index + 1]];
  const path = (indices: readonly number[]) => indices.map(at);
  const half = Math.floor(LIPS_INNER.length / 2);
  const upper = path(LIPS_INNER.slice(0, half + 1));
  const lower = path([LIPS_INNER[0], ...LIPS_INNER.slice(half).toReversed()]);
  const gap = Math.hypot(upper[5][0] - lower[5][0], upper[5][1] - lower[5][1]);
  const width = Math.hypot(upper[0][0] - upper[10][0], upper[0][1] - upper[10][1]);
  const middle = upper.map((p, k): Point => [(p[0] + lower[k][0]) / 2, (p[1] + lower[k][1]) / 2]);
  return {
    upperLids: [path(LEFT_EYE.slice(0, 9)), path(RIGHT_EYE.slice(0, 9))],
    lowerLids: [
      path([33, ...LEFT_EYE.slice(9).toReversed(), 133]),
      path([362, ...RIGHT_EYE.slice(9).toReversed(), 263]),
    ],
    eyes: [path(LEFT_EYE), path(RIGHT_EYE)],
    brows: [browLine(path(LEFT_BROW)).reverse(), browLine(path(RIGHT_BROW))],
    lipLines: gap > OPEN * width ? [upper, lower] : [middle],
    lips: path(LIPS_OUTER),
    underLip: path(LIPS_OUTER.slice(13, 18)),
    noseBase: path([129, 98, 97, 2, 326, 327, 358]),
    nostrils: path([60, 290]),
    oval: path(FACE_OVAL),
    irises,
  };
}

/** The middle of a brow's contour (upper edge, then lower edge back), from left to right. */
function browLine(contour: readonly Point[]): Point[] {
  const line = [0, 1, 2, 3, 4].map((k): Point => {
    const [a, b] = [contour[k], contour[9 - k]];
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  });
  return line;
}

/** More points on a path, smooth between the given ones (Catmull and Rom). @param step px between points, about */
export function smoothPath(points: readonly Point[], step: number): Point[] {
  const at = (k: number) => points[Math.min(points.length - 1, Math.max(0, k))];
  const out: Point[] = [];
  for (let k = 0; k + 1 < points.length; k++) {
    const [p0, p1, p2, p3] = [at(k - 1), at(k), at(k + 1), at(k + 2)];
    const count = Math.max(1, Math.round(Math.hypot(p2[0] - p1[0], p2[1] - p1[1]) / step));
    for (let n = 0; n < count; n++)
      out.push([0, 1].map((c) => hermite(p0[c], p1[c], p2[c], p3[c], n / count)) as unknown as Point);
  }
  out.push(at(points.length - 1));
  return out;
}

function hermite(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const [m1, m2] = [(p2 - p0) / 2, (p3 - p1) / 2];
  const cubic = 2 * (p1 - p2) + m1 + m2;
  const square = 3 * (p2 - p1) - 2 * m1 - m2;
  return p1 + t * (m1 + t * (square + t * cubic));
}
