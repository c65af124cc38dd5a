/** Test and retest: what the same person says of the same pictures a second time. */
import { mean } from './votes.ts';

export interface Repeat {
  readonly rater: string;
  readonly first: number;
  readonly second: number;
}

export interface Retest {
  readonly pairs: number;
  /** Share of answers that were the same. */
  readonly same: number;
  /** Points, mean of the absolute differences. */
  readonly difference: number;
  /** Points, second − first: above 0 they grew more generous. */
  readonly drift: number;
  /** Pearson's; null where one side does not vary. */
  readonly correlation: number | null;
}

/** @returns null without a pair */
export function retest(repeats: readonly Repeat[]): Retest | null {
  if (repeats.length === 0) return null;
  const change = repeats.map(({ first, second }) => second - first);
  return {
    pairs: repeats.length,
    same: mean(change.map((one) => (one === 0 ? 1 : 0))),
    difference: mean(change.map(Math.abs)),
    drift: mean(change),
    correlation: correlate(
      repeats.map(({ first }) => first),
      repeats.map(({ second }) => second),
    ),
  };
}

function correlate(xs: readonly number[], ys: readonly number[]): number | null {
  const [x, y] = [mean(xs), mean(ys)];
  const sum = (of: (i: number) => number) => xs.reduce((total, _, i) => total + of(i), 0);
  const spread = Math.sqrt(sum((i) => (xs[i] - x) ** 2) * sum((i) => (ys[i] - y) ** 2));
  return spread > 0 ? sum((i) => (xs[i] - x) * (ys[i] - y)) / spread : null;
}
