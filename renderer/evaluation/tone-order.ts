/** Whether who is darker than another stays so. */
import type { Metrics } from '../../models/stylize/measure.ts';
import { groupBy } from './style-statistics.ts';

export interface Toned extends Pick<Metrics, 'faceLightness'> {
  readonly folder: string;
  readonly style: string;
  /** Whether the reference's skin is painted in colour. */
  readonly coloured: boolean;
}

export interface ToneOrder {
  /**
   * Spearman's rank correlation (-1..1) of the lightness of faces before and after, by folder/style, for styles of at
   * least `FEWEST` portraits.
   */
  readonly byStyle: Readonly<Record<string, number>>;
  /** Over the styles whose skin is painted in colour; null when there are none. */
  readonly coloured: { readonly count: number; readonly minimum: number; readonly mean: number } | null;
}

/** Portraits below which a correlation says nothing. */
const FEWEST = 3;

export function toneOrder(pairs: readonly Toned[]): ToneOrder {
  const groups = groupBy(pairs, ({ folder, style }) => `${folder}/${style}`);
  const ordered = groups.filter(([, group]) => group.length >= FEWEST);
  const correlations = ordered.map(([name, group]) => [name, toneCorrelation(group)] as const);
  const coloured = ordered.flatMap(([, [{ coloured }]], i) => (coloured ? correlations[i][1] : []));
  return { byStyle: Object.fromEntries(correlations), coloured: summary(coloured) };
}

function toneCorrelation(pairs: readonly Toned[]): number {
  const before = pairs.map(({ faceLightness }) => faceLightness.portrait);
  const after = pairs.map(({ faceLightness }) => faceLightness.result);
  return round(rankCorrelation(before, after));
}

function summary(values: readonly number[]): ToneOrder['coloured'] {
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { count: values.length, minimum: Math.min(...values), mean: round(mean) };
}

const round = (value: number) => Number(value.toFixed(5));

/** Spearman's, of values without ties. */
function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [ra, rb] = [ranks(a), ranks(b)];
  const squares = ra.reduce((sum, rank, i) => sum + (rank - rb[i]) ** 2, 0);
  return 1 - (6 * squares) / (a.length * (a.length ** 2 - 1));
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i] - values[j]);
  const out: number[] = [];
  order.forEach((i, rank) => {
    out[i] = rank;
  });
  return out;
}

/** For people; empty when there is too little to say. */
export function describeToneOrder({ byStyle, coloured }: ToneOrder): string[] {
  const sorted = Object.entries(byStyle).sort(([, a], [, b]) => a - b);
  if (sorted.length === 0) return [];
  const middle = sorted[Math.floor(sorted.length / 2)][1];
  const lowest = sorted.slice(0, 3).map(([style, value]) => `${style} ${value.toFixed(2)}`);
  const ofColoured = coloured
    ? `; where skin is coloured mean ${coloured.mean.toFixed(2)}, lowest ${coloured.minimum.toFixed(2)}`
    : '';
  return [
    `rank correlation of the lightness of faces, before and after: median ${middle.toFixed(2)}; lowest ${lowest.join(', ')}${ofColoured}`,
  ];
}
