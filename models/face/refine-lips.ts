/** A mesh whose lips are those of a closer look. */
import { smoothstep } from '../image/smoothstep.ts';
import { LANDMARK_COUNT, LIPS, LIPS_OUTER, MOUTH_LEFT, MOUTH_RIGHT } from './topology.ts';

/** What surrounds the lips moves along, less and less, up to so far from their contour (widths of the mouth) … */
const FADES = 0.3;
/** … or up to the base of the nose, which stays: the base's points. */
const NOSE_BASE = [2, 97, 98, 326, 327];
/**
 * No point of the contour lies further from the mesh's (widths of the mouth). Of 178 faces that were looked at (76 drawn or
 * painted ones, 102 photographs) four have more: a cartoon's mouth of which half was seen (0.23), and mouths behind a
 * lollipop, a hand and a microphone. What is most of the others, and right, is 0.20.
 */
const MOST = 0.22;

/**
 * @param landmarks 468 · 3 numbers in pixels
 * @param lips 80 pairs x, y in the same pixels, in the order of LIPS
 * @returns 468 · 3 numbers: these lips at the depth of the mesh's, what surrounds them moved along;
 *   `landmarks` themselves where the lips cannot be these
 */
export function withLips(landmarks: Float32Array, lips: Float32Array): Float32Array {
  const distance = (a: Float32Array, i: number, b: Float32Array, k: number) =>
    Math.hypot(a[3 * i] - b[3 * k], a[3 * i + 1] - b[3 * k + 1]);
  const width = distance(landmarks, MOUTH_LEFT, landmarks, MOUTH_RIGHT);
  const refined = landmarks.slice();
  LIPS.forEach((k, i) => {
    refined.set(lips.subarray(2 * i, 2 * i + 2), 3 * k);
  });
  if (LIPS_OUTER.some((k) => !(distance(refined, k, landmarks, k) <= MOST * width))) return landmarks;
  const toNose = LIPS_OUTER.flatMap((k) => NOSE_BASE.map((n) => distance(landmarks, k, landmarks, n)));
  const reach = Math.min(FADES * width, ...toNose);
  const isLip = new Set(LIPS);
  for (let k = 0; k < LANDMARK_COUNT; k++) {
    if (!isLip.has(k)) follow(refined, landmarks, k, reach);
  }
  return refined;
}

/** Moves a point as the nearest of the lips' contour have moved. */
function follow(refined: Float32Array, landmarks: Float32Array, point: number, reach: number): void {
  const [x, y] = [landmarks[3 * point], landmarks[3 * point + 1]];
  let [nearest, total, dx, dy] = [Infinity, 0, 0, 0];
  for (const k of LIPS_OUTER) {
    const i = 3 * k;
    const squared = (landmarks[i] - x) ** 2 + (landmarks[i + 1] - y) ** 2;
    const weight = 1 / (squared * squared + 1e-9 * reach ** 4);
    nearest = Math.min(nearest, squared);
    total += weight;
    dx += weight * (refined[i] - landmarks[i]);
    dy += weight * (refined[i + 1] - landmarks[i + 1]);
  }
  const share = smoothstep(1 - Math.sqrt(nearest) / reach) / total;
  refined[3 * point] += share * dx;
  refined[3 * point + 1] += share * dy;
}
