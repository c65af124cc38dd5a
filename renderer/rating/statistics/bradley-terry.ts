/**
 * Strengths behind choices between two: Bradley and Terry 1952, with ties after Davidson 1970, "On Extending the
 * Bradley–Terry Model to Accommodate Ties in Paired Comparison Experiments":
 * P(i over j) : P(j over i) : P(tie) = πi : πj : θ √(πi πj). Fitted by minorisation and maximisation (Hunter 2004).
 */
import { type BootstrapOptions, bootstrap, type Interval, intervalOf } from './bootstrap.ts';
import { type Difference, differenceOf, minus, pairsOf } from './mean-opinion.ts';
import { type Comparison, distinct } from './votes.ts';

export interface Strengths {
  /** Natural logarithms of π, their mean 0. */
  readonly logs: readonly number[];
  /** Weight of ties: two equals tie in θ / (2 + θ) of their comparisons. */
  readonly theta: number;
}

/** How often each one won and tied; wins[i][j]: i over j. Ties are symmetric. */
export interface Contests {
  readonly wins: readonly (readonly number[])[];
  readonly ties: readonly (readonly number[])[];
}

/** Of the largest change of a logarithm in a step. */
const CONVERGED = 1e-9;
const MOST_STEPS = 10_000;

/**
 * @param prior comparisons that each is thought to have won, and lost, against an average one: without any, one that never
 * lost is infinitely strong; 0 is the maximum likelihood
 */
export function fitBradleyTerry({ wins, ties }: Contests, prior = 0): Strengths {
  const count = wins.length;
  let strengths = new Array<number>(count).fill(1);
  const score = wins.map((row, i) => prior + row.reduce((sum, n, j) => sum + n + ties[i][j] / 2, 0));
  const allTies = ties.flat().reduce((sum, n) => sum + n, 0) / 2;
  let theta = allTies > 0 ? 1 : 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = strengths.map((own, i) => {
      let rate = (2 * prior) / (1 + own);
      for (let j = 0; j < count; j++) {
        const played = playedOf(wins, ties, i, j);
        if (played === 0) continue;
        const root = Math.sqrt(own * strengths[j]);
        rate += (played * (1 + (0.5 * theta * root) / own)) / (own + strengths[j] + theta * root);
      }
      return rate > 0 ? score[i] / rate : 1;
    });
    const centre = prior > 0 ? 1 : Math.exp(next.reduce((sum, value) => sum + Math.log(value), 0) / count);
    const scaled = next.map((value) => value / centre);
    const change = Math.max(...scaled.map((value, i) => Math.abs(Math.log(value / strengths[i]))));
    strengths = scaled;
    const nextTheta = allTies > 0 ? allTies / tieRate(wins, ties, strengths, theta) : 0;
    const isDone = !(change > CONVERGED) && !(Math.abs(nextTheta - theta) > CONVERGED);
    theta = nextTheta;
    if (isDone) break;
  }
  const logs = strengths.map(Math.log);
  const middle = logs.reduce((sum, value) => sum + value, 0) / count;
  return { logs: logs.map((value) => value - middle), theta };
}

const playedOf = (wins: Contests['wins'], ties: Contests['ties'], i: number, j: number): number =>
  i === j ? 0 : wins[i][j] + wins[j][i] + ties[i][j];

/** Ties to be expected, over θ. */
function tieRate(
  wins: Contests['wins'],
  ties: Contests['ties'],
  strengths: readonly number[],
  theta: number,
): number {
  let rate = 0;
  for (let i = 0; i < wins.length; i++) {
    for (let j = 0; j < i; j++) {
      const root = Math.sqrt(strengths[i] * strengths[j]);
      rate += (playedOf(wins, ties, i, j) * root) / (strengths[i] + strengths[j] + theta * root);
    }
  }
  return rate;
}

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
  return {
    conditions: order.map((i) => {
      const votes = names.reduce((sum, _, j) => sum + playedOf(wins, ties, i, j), 0);
      const points = wins[i].reduce((sum, n, j) => sum + n + ties[i][j] / 2, 0);
      const interval = intervalOf(draws[i], options.level) ?? { low: logs[i], high: logs[i] };
      return { condition: names[i], strength: logs[i], interval, won: points / votes, votes };
    }),
    differences: pairsOf(order).map(([a, b]) =>
      differenceOf([names[a], names[b]], logs[a] - logs[b], minus(draws[a], draws[b]), options.level),
    ),
    ties: comparisons.filter(({ outcome }) => outcome === 'tie').length / comparisons.length,
  };
}

/** @param weights how often each comparison counts; once without them */
export function countContests(
  comparisons: readonly Comparison[],
  names: readonly string[],
  weights?: Float64Array,
): Contests {
  const wins = names.map(() => names.map(() => 0));
  const ties = names.map(() => names.map(() => 0));
  const place = new Map(names.map((name, i) => [name, i]));
  comparisons.forEach(({ first, second, outcome }, n) => {
    const [i, j] = [place.get(first) ?? 0, place.get(second) ?? 0];
    const weight = weights?.[n] ?? 1;
    if (outcome === 'first') wins[i][j] += weight;
    else if (outcome === 'second') wins[j][i] += weight;
    else {
      ties[i][j] += weight;
      ties[j][i] += weight;
    }
  });
  return { wins, ties };
}
