export interface Logistic {
  readonly intercept: number;
  readonly slope: number;
}

/** Pulls the slope to 0, so that classes that do not overlap leave it finite. */
const RIDGE = 0.002;
const ROUNDS = 50;

/**
 * Logistic regression of one number (Platt 1999, with his targets that keep probabilities from 0 and 1), by Newton's
 * method; both classes weigh the same, however many they are.
 */
export function fitLogistic(positive: readonly number[], negative: readonly number[]): Logistic {
  const samples = [
    ...positive.map((x) => ({ x, target: target(positive.length), weight: 1 / positive.length })),
    ...negative.map((x) => ({ x, target: 1 - target(negative.length), weight: 1 / negative.length })),
  ];
  let [intercept, slope] = [0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    let [g0, g1, h00, h01, h11] = [0, RIDGE * slope, 1e-6, 0, RIDGE];
    for (const { x, target: t, weight } of samples) {
      const p = 1 / (1 + Math.exp(-intercept - slope * x));
      const curvature = weight * p * (1 - p);
      g0 += weight * (p - t);
      g1 += weight * (p - t) * x;
      h00 += curvature;
      h01 += curvature * x;
      h11 += curvature * x * x;
    }
    const determinant = h00 * h11 - h01 * h01;
    const [d0, d1] = [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant];
    const size = Math.max(1, Math.hypot(d0, d1) / 2);
    intercept -= d0 / size;
    slope -= d1 / size;
  }
  return { intercept, slope };
}

const target = (count: number) => (count + 1) / (count + 2);
