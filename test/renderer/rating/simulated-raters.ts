/** Raters of whom everything is known. */
import { seededNormal, seededRandom } from '../../../models/image/random.ts';
import type { Comparison, Rating } from '../../../renderer/rating/statistics/votes.ts';

export interface Truth {
  readonly seed: number;
  readonly raters: number;
  readonly items: number;
  /** Quality of each condition. */
  readonly qualities: Readonly<Record<string, number>>;
  /** Standard deviations: of raters' biases, of pictures, and of single votes. */
  readonly spread: { readonly rater: number; readonly item: number; readonly vote: number };
}

/** Each rater votes on all; votes are whole numbers 1..5 unless they are not rounded. */
export function simulateRatings(
  { seed, raters, items, qualities, spread }: Truth,
  isRounded = true,
): Rating[] {
  const normal = seededNormal(seed);
  const many = (count: number, deviation: number) =>
    Array.from({ length: count }, () => deviation * normal());
  const bias = many(raters, spread.rater);
  const ratings: Rating[] = [];
  for (const [condition, quality] of Object.entries(qualities)) {
    const pictures = many(items, spread.item);
    for (let i = 0; i < items; i++) {
      for (let r = 0; r < raters; r++) {
        const value = quality + bias[r] + pictures[i] + spread.vote * normal();
        const rounded = Math.min(5, Math.max(1, Math.round(value)));
        ratings.push({ rater: `r${r}`, item: `i${i}`, condition, value: isRounded ? rounded : value });
      }
    }
  }
  return ratings;
}

/** By Davidson's model. @param strengths logarithms */
export function simulateComparisons(
  strengths: Readonly<Record<string, number>>,
  { seed, raters, items, theta }: { seed: number; raters: number; items: number; theta: number },
): Comparison[] {
  const random = seededRandom(seed);
  const names = Object.keys(strengths);
  const comparisons: Comparison[] = [];
  for (let r = 0; r < raters; r++) {
    for (let i = 0; i < items; i++) {
      names.forEach((first, a) => {
        for (const second of names.slice(a + 1)) {
          const [x, y] = [Math.exp(strengths[first]), Math.exp(strengths[second])];
          const tie = theta * Math.sqrt(x * y);
          const at = random() * (x + y + tie);
          const outcome = at < x ? 'first' : at < x + y ? 'second' : 'tie';
          comparisons.push({ rater: `r${r}`, item: `i${i}`, first, second, outcome });
        }
      });
    }
  }
  return comparisons;
}
