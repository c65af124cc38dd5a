/** Landmarks without their jitter: with later pictures at hand (Savitzky–Golay), or as they come (One-Euro). */

/** Pictures before and after that the fit sees. */
export const HALF_WINDOW = 3;

/**
 * The value at `at` of the parabola that fits a track's values best (Savitzky, Golay 1964); at the ends of a track the
 * window is cut. It is exact for steady and for evenly accelerated motion, so it does not lag. What jerks more than a parabola
 * can follow, as from a camera held in hands, is brought no further off its place than jitter would be.
 * @param track the coordinates (x, y, z, x, …) of some successive pictures, null where they are not known
 * @param most px by which all points are moved at the most, on average (root of the mean square)
 */
export function smoothedAt(track: readonly (Float32Array | null)[], at: number, most: number): Float32Array {
  const own = track[at];
  if (!own) throw new RangeError('Expected landmarks in the picture that is smoothed.');
  const weights = parabolaWeights(known(track, at).map((i) => i - at));
  const out = new Float32Array(own.length);
  known(track, at).forEach((i, k) => {
    const values = track[i] as Float32Array;
    for (let c = 0; c < out.length; c++) out[c] += weights[k] * values[c];
  });
  const squared = out.reduce((sum, value, c) => sum + (value - own[c]) ** 2, 0) / (own.length / 3);
  const share = Math.min(1, most / Math.max(1e-9, Math.sqrt(squared)));
  return share === 1 ? out : out.map((value, c) => own[c] + share * (value - own[c]));
}

/** The pictures around that have landmarks, without a gap. */
function known(track: readonly (Float32Array | null)[], at: number): number[] {
  let [from, to] = [at, at];
  while (from > Math.max(0, at - HALF_WINDOW) && track[from - 1]) from--;
  while (to < Math.min(track.length - 1, at + HALF_WINDOW) && track[to + 1]) to++;
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** What each value counts in the least-squares parabola's value at 0; fewer than four points are not smoothed. */
function parabolaWeights(offsets: readonly number[]): number[] {
  if (offsets.length < 4) return offsets.map((t) => (t === 0 ? 1 : 0));
  const moment = (power: number) => offsets.reduce((sum, t) => sum + t ** power, 0);
  const [m0, m1, m2, m3, m4] = [0, 1, 2, 3, 4].map(moment);
  // The first row of the inverse of the normal equations' matrix, by cofactors.
  const [c0, c1, c2] = [m2 * m4 - m3 * m3, m2 * m3 - m1 * m4, m1 * m3 - m2 * m2];
  const determinant = m0 * c0 + m1 * c1 + m2 * c2;
  return offsets.map((t) => (c0 + c1 * t + c2 * t * t) / determinant);
}

/** Cutoff at rest (cycles a picture), and how much it grows with speed (eye distances a picture). */
const [REST, SPEED] = [0.12, 12];

/** Smooths as pictures come: strongly at rest, hardly in motion (Casiez et al. 2012, "1€ Filter"). */
export class OneEuroLandmarks {
  #values: Float32Array | null = null;
  #speed: Float32Array | null = null;

  /** @param interocular px: what speeds are measured by */
  next(now: Float32Array, interocular: number): Float32Array {
    if (!this.#values || !this.#speed) {
      this.#values = now.slice();
      this.#speed = new Float32Array(now.length);
      return now;
    }
    const out = new Float32Array(now.length);
    for (let i = 0; i < now.length; i++) {
      const step = (now[i] - this.#values[i]) / interocular;
      this.#speed[i] += smoothing(REST) * (step - this.#speed[i]);
      const alpha = smoothing(REST + SPEED * Math.abs(this.#speed[i]));
      out[i] = this.#values[i] + alpha * (now[i] - this.#values[i]);
    }
    this.#values = out;
    return out.slice();
  }
}

const smoothing = (cutoff: number): number => 1 / (1 + 1 / (2 * Math.PI * cutoff));
