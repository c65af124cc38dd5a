/** A face mesh turned to the front, and back: proportions are measured and changed there. */
import { CHIN, FOREHEAD_TOP, LANDMARK_COUNT, LEFT_EYE_OUTER, RIGHT_EYE_OUTER } from '../face/topology.ts';
import model from '../weights/proportions.json' with { type: 'json' };

export interface FrontalMesh {
  /** 468 triples: x to the right and y down the face, z away from the viewer; their mean is 0. Unit: the picture's px. */
  readonly points: Float64Array;
  /** Degrees by which the head is turned to the right of the picture. */
  readonly yaw: number;
  /** Degrees by which the line from forehead to chin leaves the picture's plane. */
  readonly pitch: number;
  /** The unit vectors of x, y and z in the picture. */
  readonly axes: readonly [Vector, Vector, Vector];
}

type Vector = readonly [number, number, number];

/** @param landmarks 468 · 3 coordinates; depth at the same scale as x and y */
export function frontalMesh(
  landmarks: ArrayLike<number>,
  mirror: readonly number[] = model.mirror,
): FrontalMesh {
  const x = unit(acrossFace(landmarks, mirror));
  const down = [0, 1, 2].map((c) => landmarks[3 * CHIN + c] - landmarks[3 * FOREHEAD_TOP + c]);
  const along = dot(down, x);
  const y = unit(down.map((value, c) => value - along * x[c]));
  const z = cross(x, y);
  const middle = [0, 1, 2].map((c) => {
    let sum = 0;
    for (let i = c; i < landmarks.length; i += 3) sum += landmarks[i];
    return sum / LANDMARK_COUNT;
  });
  const points = new Float64Array(landmarks.length);
  for (let i = 0; i < points.length; i += 3) {
    const p = middle.map((value, c) => landmarks[i + c] - value);
    points.set([dot(p, x), dot(p, y), dot(p, z)], i);
  }
  const degrees = (sine: number) => (Math.asin(sine) * 180) / Math.PI;
  return { points, yaw: degrees(x[2]), pitch: degrees(y[2]), axes: [x, y, z] };
}

/** The mean of a mesh and its mirror image. */
export function symmetric(points: Float64Array): Float64Array {
  const out = new Float64Array(points.length);
  model.mirror.forEach((k, i) => {
    out[3 * i] = (points[3 * i] - points[3 * k]) / 2;
    for (const c of [1, 2]) out[3 * i + c] = (points[3 * i + c] + points[3 * k + c]) / 2;
  });
  return out;
}

/** What a step in the frontal frame is on the picture, in px. */
export function onPicture({ axes: [x, y, z] }: FrontalMesh, step: readonly number[]): [number, number] {
  const along = (c: 0 | 1) => step[0] * x[c] + step[1] * y[c] + step[2] * z[c];
  return [along(0), along(1)];
}

/** The sum of the lines between each landmark on the left and its mirror image. */
function acrossFace(landmarks: ArrayLike<number>, mirror: readonly number[]): number[] {
  const sum = [0, 0, 0];
  const [left, right] = [3 * LEFT_EYE_OUTER, 3 * RIGHT_EYE_OUTER];
  const [ex, ey] = [landmarks[right] - landmarks[left], landmarks[right + 1] - landmarks[left + 1]];
  mirror.forEach((k, i) => {
    const line = [0, 1, 2].map((c) => landmarks[3 * k + c] - landmarks[3 * i + c]);
    if (line[0] * ex + line[1] * ey <= 0) return;
    for (let c = 0; c < 3; c++) sum[c] += line[c];
  });
  return sum;
}

const dot = (a: readonly number[], b: readonly number[]) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

function unit(v: readonly number[]): Vector {
  const length = Math.hypot(v[0], v[1], v[2]);
  return [v[0] / length, v[1] / length, v[2] / length];
}

const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
