/** Strengths of conditions from choices between two, with intervals, and whether two of them can be told apart. */
import { type BootstrapOptions, bootstrap, type Interval, intervalOf, isSample } from './bootstrap.ts';
import { countContests, fitBradleyTerry } from './bradley-terry.ts';
import { type Difference, differenceOf, minus, pairsOf } from './mean-opinion.ts';
import { type Comparison, distinct } from './votes.ts';

export interface Preference {
  readonly condition: string;
  /** Natural logarithm, their mean 0: one that is 1 above another is chosen e times as often. */
  readonly strength: number;
  readonly interval: Interval;
  /** Share of its comparisons that it won; ties count half. */
  readonly won: number;
  readonly votes: number;
}

export interface Preferences {
  /** Strongest first. */
  readonly conditions: readonly Preference[];
  readonly differences: readonly Difference[];
  /** Of all comparisons. */
  readonly ties: number;
}

/** Of a comparison won, and one lost, against an average condition: keeps strengths finite, moves them little. */
const PRIOR = 0.1;

/** @param comparisons at least one */
export function preferences(comparisons: readonly Comparison[], options: BootstrapOptions): Preferences {
  const names = distinct(comparisons.flatMap(({ first, second }) => [first, second]));
  const contestsOf = (weights?: Float64Array) => countContests(comparisons, names, weights);
  const { wins, ties } = contestsOf();
  const { logs } = fitBradleyTerry({ wins, ties }, PRIOR);
  const draws = bootstrap(
    comparisons,
    (weights) => fitBradleyTerry(contestsOf(weights), PRIOR).logs,
    options,
  );
  const order = names.map((_, i) => i).sort((a, b) => logs[b] - logs[a]);
  const settings = { level: options.level, isSample: isSample(comparisons) };
  return {
    conditions: order.map((i) => {
      const votes = names.reduce((sum, _, j) => sum + wins[i][j] + wins[j][i] + ties[i][j], 0);
      const points = wins[i].reduce((sum, n, j) => sum + n + ties[i][j] / 2, 0);
      const interval = intervalOf(draws[i], options.level) ?? { low: logs[i], high: logs[i] };
      return { condition: names[i], strength: logs[i], interval, won: points / votes, votes };
    }),
    differences: pairsOf(order).map(([a, b]) =>
      differenceOf([names[a], names[b]], logs[a] - logs[b], minus(draws[a], draws[b]), settings),
    ),
    ties: comparisons.filter(({ outcome }) => outcome === 'tie').length / comparisons.length,
  };
}
