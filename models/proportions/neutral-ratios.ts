/** Proportions without what pose and smile do to them, and how far they are from the mean of people. */
import model from '../weights/proportions.json' with { type: 'json' };
import { type FrontalMesh, frontalMesh } from './frontal-mesh.ts';
import { logRatios, RATIOS, smileOf } from './ratios.ts';

/** What the regression explains proportions by; yaw squared, because both sides are alike. */
export function predictorsOf({ points, yaw, pitch }: FrontalMesh): number[] {
  const { lift, opening } = smileOf(points);
  return [yaw ** 2, pitch, pitch ** 2, lift, opening];
}

/**
 * The logarithm of each ratio over the mean of people, in the order of RATIOS, with the share of pose and smile that a
 * ridge regression over the portraits gives (scripts/fit-proportions.ts) taken out.
 * @param landmarks 468 · 3 coordinates; depth at the same scale as x and y
 */
export function departuresOf(landmarks: ArrayLike<number>): number[] {
  const mesh = frontalMesh(landmarks);
  const predictors = predictorsOf(mesh).map((value, k) => {
    const [least, most] = model.ranges[k];
    return Math.min(most, Math.max(least, value)) - model.predictors[k];
  });
  return logRatios(mesh.points).map((value, r) =>
    predictors.reduce((left, predictor, k) => left - model.weights[r][k] * predictor, value - model.mean[r]),
  );
}

/** Standard deviations of people, in the order of RATIOS. */
export const SIGMA: readonly number[] = model.sigma;

/** Root mean square of departures in standard deviations; people have about 0.9 and hardly any more than 2. */
export function strangeness(departures: readonly number[], ratios: readonly boolean[]): number {
  const squares = departures.flatMap((value, r) => (ratios[r] ? [(value / SIGMA[r]) ** 2] : []));
  return Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / squares.length);
}

export { RATIOS };
