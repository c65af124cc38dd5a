import type { Metrics } from '../../models/stylize/measure.ts';

/** What is averaged, with the heading of its column. */
const MEASURES = {
  identity: 'identity',
  landmarkError: 'landmarks',
  gazeError: 'gaze',
  styleDistance: 'style',
  textureDistance: 'texture',
  completeness: 'complete',
  coherence: 'coherent',
  photographicResidue: 'residue',
} as const;
type Measure = keyof typeof MEASURES;
const NAMES = Object.keys(MEASURES) as Measure[];

/** Identity and errors over the results in which a face was found; null when there is none. */
export type MeanMetrics = Readonly<Record<Measure, number | null>>;

const DIGITS = 5;
const round = (value: number) => Number(value.toFixed(DIGITS));
const roundIfAny = (value: number | null) => (value === null ? null : round(value));
const isNumber = (value: number | null): value is number => value !== null;

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : round(values.reduce((sum, value) => sum + value, 0) / values.length);
}

/** @param metrics at least one */
export function meanMetrics(metrics: readonly Metrics[]): MeanMetrics {
  const entries = NAMES.map((name) => [name, mean(metrics.map((one) => one[name]).filter(isNumber))]);
  return Object.fromEntries(entries);
}

export interface Summary {
  readonly count: number;
  /** In how many a face was found again. */
  readonly found: number;
  readonly mean: MeanMetrics;
  /** What the worst tenth does not reach. */
  readonly p10: { readonly identity: number | null };
}

/** @param metrics at least one */
export const summarize = (metrics: readonly Metrics[]): Summary => ({
  count: metrics.length,
  found: metrics.filter(({ found }) => found).length,
  mean: meanMetrics(metrics),
  p10: { identity: percentile(metrics, 0.1) },
});

/** In the order in which the groups begin. */
export function groupBy<T>(items: readonly T[], nameOf: (item: T) => string): [name: string, group: T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return [...groups];
}

/** The identity that a share of the results (0..1) does not reach; null when no face was found in any. */
export function percentile(metrics: readonly Metrics[], share: number): number | null {
  const sorted = metrics
    .map(({ identity }) => identity)
    .filter(isNumber)
    .sort((a, b) => a - b);
  return sorted.length === 0 ? null : round(sorted[Math.floor(share * (sorted.length - 1))]);
}

export function roundMetrics<M extends Metrics>(metrics: M): M {
  const { portrait, result } = metrics.faceLightness;
  const rounded = Object.fromEntries(NAMES.map((name) => [name, roundIfAny(metrics[name])]));
  return { ...metrics, ...rounded, faceLightness: { portrait: round(portrait), result: round(result) } };
}

/** The means as a table for people. */
export function describeMeans(
  rows: Readonly<Record<string, MeanMetrics>>,
  { count, found, p10 }: Summary,
): string {
  const format = (value: number | null) => (value === null ? '–' : value.toFixed(4)).padStart(10);
  const width = Math.max(...Object.keys(rows).map((name) => name.length));
  const line = (name: string, cells: string[]) => name.padEnd(width) + cells.join('');
  return [
    `${count} pairs, a face found again in ${found}; worst tenth of identity ${format(p10.identity).trim()}`,
    line(
      '',
      NAMES.map((name) => MEASURES[name].padStart(10)),
    ),
    ...Object.entries(rows).map(([name, means]) =>
      line(
        name,
        NAMES.map((measure) => format(means[measure])),
      ),
    ),
  ].join('\n');
}
