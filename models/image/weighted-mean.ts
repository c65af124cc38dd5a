import type { Plane } from './picture.ts';

/** The mean of a plane under weights; 0 where all of them are. */
export function weightedMean({ data }: Plane, weights: Plane): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    sum += weights.data[i] * data[i];
    total += weights.data[i];
  }
  return sum / Math.max(1, total);
}
