/**
 * Strengths behind choices between two: Bradley and Terry 1952, with ties after Davidson 1970, "On Extending the
 * Bradley–Terry Model to Accommodate Ties in Paired Comparison Experiments":
 * P(i over j) : P(j over i) : P(tie) = πi : πj : θ √(πi πj).
 */
import { type Comparison, mean } from './votes.ts';

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

/** Largest change of a parameter in the last step. */
const CONVERGED = 1e-9;
/** Of a parameter in one step: a whole Newton step overshoots where one nearly always wins. */
const LONGEST_STEP = 1;
const MOST_STEPS = 200;

/**
 * By Newton's method; the likelihood is concave.
 * @param prior comparisons that each is thought to have won, and lost, against an average one: without any, one that never
 * lost is infinitely strong; 0 is the maximum likelihood, and wants all to be comparable through others
 */
export function fitBradleyTerry(contests: Contests, prior = 0): Strengths {
  const count = contests.wins.length;
  const hasTies = contests.ties.some((row) => row.some((n) => n > 0));
  const parameters = new Array<number>(hasTies ? count + 1 : count).fill(0);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, information } = derivatives(contests, parameters, prior);
    const change = solveSymmetric(information, gradient);
    const longest = Math.max(...change.map(Math.abs));
    const scale = Math.min(1, LONGEST_STEP / longest);
    change.forEach((one, i) => {
      parameters[i] += scale * one;
    });
    if (longest < CONVERGED) break;
  }
  const logs = parameters.slice(0, count);
  const middle = mean(logs);
  return { logs: logs.map((value) => value - middle), theta: hasTies ? Math.exp(parameters[count]) : 0 };
}

/** First derivatives of the logarithm of the likelihood, and second ones with their sign turned. */
function derivatives({ wins, ties }: Contests, parameters: readonly number[], prior: number): Derivatives {
  const count = wins.length;
  const gradient = parameters.map(() => 0);
  // Strengths are known up to a common summand: 1 everywhere keeps steps from moving it.
  const information = parameters.map((_, i) => parameters.map((_, j) => (i < count && j < count ? 1 : 0)));
  const result = { gradient, information };
  for (let i = 0; i < count; i++) {
    const share = 1 / (1 + Math.exp(-parameters[i]));
    gradient[i] += prior * (1 - 2 * share);
    information[i][i] += 2 * prior * share * (1 - share);
    for (let j = 0; j < i; j++)
      addPair(result, parameters, { i, j, count }, [wins[i][j], wins[j][i], ties[i][j]]);
  }
  return result;
}

interface Derivatives {
  readonly gradient: number[];
  readonly information: number[][];
}

/** One pair: a multinomial with the logits λi, λj and, for ties, log θ + (λi + λj) / 2. */
function addPair(
  { gradient, information }: Derivatives,
  parameters: readonly number[],
  { i, j, count }: { readonly i: number; readonly j: number; readonly count: number },
  [first, second, tied]: readonly number[],
): void {
  const played = first + second + tied;
  if (played === 0) return;
  const [a, b] = [Math.exp(parameters[i]), Math.exp(parameters[j])];
  const tie = parameters.length > count ? Math.exp(parameters[count]) * Math.sqrt(a * b) : 0;
  const [pa, pb, pt] = [a, b, tie].map((weight) => weight / (a + b + tie));
  const [ei, ej] = [pa + pt / 2, pb + pt / 2];
  gradient[i] += first + tied / 2 - played * ei;
  gradient[j] += second + tied / 2 - played * ej;
  information[i][i] += played * (pa + pt / 4 - ei * ei);
  information[j][j] += played * (pb + pt / 4 - ej * ej);
  information[i][j] += played * (pt / 4 - ei * ej);
  information[j][i] += played * (pt / 4 - ei * ej);
  if (parameters.length === count) return;
  gradient[count] += tied - played * pt;
  information[count][count] += played * pt * (1 - pt);
  for (const [k, share] of [
    [i, ei],
    [j, ej],
  ]) {
    information[k][count] += played * pt * (0.5 - share);
    information[count][k] += played * pt * (0.5 - share);
  }
}

/** Gauss's elimination, for a positive definite matrix of a few rows. */
function solveSymmetric(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  const size = rows.length;
  for (let k = 0; k < size; k++) {
    for (let i = k + 1; i < size; i++) {
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j <= size; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let k = size - 1; k >= 0; k--) {
    let rest = rows[k][size];
    for (let j = k + 1; j < size; j++) rest -= rows[k][j] * solution[j];
    solution[k] = rest / rows[k][k];
  }
  return solution;
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
