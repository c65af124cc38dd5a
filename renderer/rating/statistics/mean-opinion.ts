/** Mean opinion scores of conditions, and whether two of them can be told apart. */
import { type BootstrapOptions, bootstrap, type Interval, intervalOf, isSample } from './bootstrap.ts';
import { distinct, type Rating } from './votes.ts';

export interface MeanOpinion {
  readonly condition: string;
  /** 1..5 */
  readonly mos: number;
  /** For other raters and other pictures of the same kinds. */
  readonly interval: Interval;
  readonly votes: number;
  readonly raters: number;
  readonly items: number;
  /** How many votes were 1, 2, 3, 4, 5. */
  readonly histogram: readonly number[];
}

export interface Difference {
  readonly first: string;
  readonly second: string;
  /** first − second */
  readonly difference: number;
  readonly interval: Interval;
  /** Whether the interval leaves out 0, and there are several raters and items to tell it by. */
  readonly isDistinguishable: boolean;
}

export interface MeanOpinions {
  /** Highest first. */
  readonly conditions: readonly MeanOpinion[];
  /** All pairs, the higher one first. */
  readonly differences: readonly Difference[];
}

/** @param ratings at least one */
export function meanOpinions(ratings: readonly Rating[], options: BootstrapOptions): MeanOpinions {
  const names = distinct(ratings.map(({ condition }) => condition));
  const place = new Map(names.map((name, i) => [name, i]));
  const condition = Int32Array.from(ratings, (rating) => place.get(rating.condition) ?? 0);
  const meansOf = (weights: Float64Array) => weightedMeans(ratings, condition, names.length, weights);
  const means = meansOf(new Float64Array(ratings.length).fill(1));
  const draws = bootstrap(ratings, meansOf, options);
  const order = names.map((_, i) => i).sort((a, b) => means[b] - means[a]);
  const settings = { level: options.level, isSample: isSample(ratings) };
  return {
    conditions: order.map((i) => ({
      ...countsOf(ratings.filter((rating) => rating.condition === names[i])),
      condition: names[i],
      mos: means[i],
      interval: intervalOf(draws[i], options.level) ?? { low: means[i], high: means[i] },
    })),
    differences: pairsOf(order).map(([a, b]) =>
      differenceOf([names[a], names[b]], means[a] - means[b], minus(draws[a], draws[b]), settings),
    ),
  };
}

/** A difference with its draws. */
export function differenceOf(
  [first, second]: readonly [string, string],
  difference: number,
  draws: Float64Array,
  { level, isSample }: { readonly level?: number; readonly isSample: boolean },
): Difference {
  const interval = intervalOf(draws, level) ?? {
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
  };
  const isDistinguishable = isSample && (interval.low > 0 || interval.high < 0);
  return { first, second, difference, interval, isDistinguishable };
}

export const minus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value - b[i]);

/** [a, b], [a, c] … [b, c] … */
export const pairsOf = <T>(values: readonly T[]): [T, T][] =>
  values.flatMap((a, i) => values.slice(i + 1).map((b): [T, T] => [a, b]));

/** NaN for a condition without a vote that counts. */
function weightedMeans(
  ratings: readonly Rating[],
  condition: Int32Array,
  count: number,
  weights: Float64Array,
): number[] {
  const sums = new Array<number>(count).fill(0);
  const totals = new Array<number>(count).fill(0);
  for (let i = 0; i < ratings.length; i++) {
    sums[condition[i]] += weights[i] * ratings[i].value;
    totals[condition[i]] += weights[i];
  }
  return sums.map((sum, i) => sum / totals[i]);
}

function countsOf(ratings: readonly Rating[]) {
  return {
    votes: ratings.length,
    raters: distinct(ratings.map(({ rater }) => rater)).length,
    items: distinct(ratings.map(({ item }) => item)).length,
    histogram: [1, 2, 3, 4, 5].map((score) => ratings.filter(({ value }) => value === score).length),
  };
}
