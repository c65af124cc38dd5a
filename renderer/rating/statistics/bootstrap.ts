/**
 * Two-way bootstrap: raters and items are both samples, of people and of pictures, and an interval that knows only one of
 * them is too short. Owen 2007, "The pigeonhole bootstrap": raters and items are drawn with replacement, independently, and a
 * vote counts as often as its rater was drawn times as often as its item was. It errs towards wide.
 */
import { seededRandom } from '../../../models/image/random.ts';
import { distinct } from './votes.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** A 32-bit whole number; the same seed gives the same interval. */
  readonly seed: number;
  /** Draws. */
  readonly draws?: number;
  /** Share of draws inside an interval, 0..1. */
  readonly level?: number;
}

/** Draws: the ends of a 95 % interval are then uncertain by about a twentieth of its width. */
export const DRAWS = 1000;
export const LEVEL = 0.95;

/**
 * Statistics of many draws.
 * @param statistic takes how often each vote counts (0, 1, 2 …; never 0 for all); NaN where a draw says nothing
 * @returns one array a statistic, in the order of the statistic's answer, each of `draws` numbers
 */
export function bootstrap(
  votes: readonly { readonly rater: string; readonly item: string }[],
  statistic: (weights: Float64Array) => readonly number[],
  { seed, draws = DRAWS }: BootstrapOptions,
): Float64Array[] {
  const random = seededRandom(seed);
  const raters = indices(votes.map(({ rater }) => rater));
  const items = indices(votes.map(({ item }) => item));
  const weights = new Float64Array(votes.length);
  const results: Float64Array[] = [];
  for (let draw = 0; draw < draws; draw++) {
    do {
      const ofRaters = drawCounts(raters.count, random);
      const ofItems = drawCounts(items.count, random);
      for (let i = 0; i < weights.length; i++) weights[i] = ofRaters[raters.of[i]] * ofItems[items.of[i]];
    } while (weights.every((weight) => weight === 0));
    statistic(weights).forEach((value, k) => {
      results[k] ??= new Float64Array(draws);
      results[k][draw] = value;
    });
  }
  return results;
}

/** Between the percentiles of draws; those that are NaN are left out. @returns null when all are */
export function intervalOf(draws: Float64Array, level = LEVEL): Interval | null {
  const sorted = draws.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return null;
  return { low: quantile(sorted, (1 - level) / 2), high: quantile(sorted, (1 + level) / 2) };
}

/** Linear between order statistics (type 7 of Hyndman and Fan 1996). @param sorted ascending, at least one */
export function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/**
 * Whether votes come from several raters and are of several items: one of either is no sample, and drawing from it again and
 * again tells nothing of others.
 */
export const isSample = (votes: readonly { readonly rater: string; readonly item: string }[]): boolean =>
  votes.some(({ rater }) => rater !== votes[0].rater) && votes.some(({ item }) => item !== votes[0].item);

function indices(names: readonly string[]): { readonly of: Int32Array; readonly count: number } {
  const places = new Map(distinct(names).map((name, i) => [name, i]));
  return { of: Int32Array.from(names, (name) => places.get(name) ?? 0), count: places.size };
}

function drawCounts(count: number, random: () => number): Int32Array {
  const counts = new Int32Array(count);
  for (let i = 0; i < count; i++) counts[Math.floor(random() * count)]++;
  return counts;
}
