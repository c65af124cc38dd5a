import type { Metrics } from '../../models/stylize/measure.ts';

export interface MeanMetrics {
  /** Over the results in which a face was found; null when there is none. */
  readonly identity: number | null;
  readonly landmarkError: number | null;
  readonly gazeError: number | null;
  readonly styleDistance: number;
  readonly textureDistance: number;
}

const DIGITS = 5;
const round = (value: number) => Number(value.toFixed(DIGITS));
const isNumber = (value: number | null): value is number => value !== null;

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : round(values.reduce((sum, value) => sum + value, 0) / values.length);
}

/** @param metrics at least one */
export function meanMetrics(metrics: readonly Metrics[]): MeanMetrics {
  return {
    identity: mean(metrics.map(({ identity }) => identity).filter(isNumber)),
    landmarkError: mean(metrics.map(({ landmarkError }) => landmarkError).filter(isNumber)),
    gazeError: mean(metrics.map(({ gazeError }) => gazeError).filter(isNumber)),
    styleDistance: mean(metrics.map(({ styleDistance }) => styleDistance)) as number,
    textureDistance: mean(metrics.map(({ textureDistance }) => textureDistance)) as number,
  };
}

/** The identity that a share of the results (0..1) does not reach; null when no face was found in any. */
export function percentile(metrics: readonly Metrics[], share: number): number | null {
  const sorted = metrics
    .map(({ identity }) => identity)
    .filter(isNumber)
    .sort((a, b) => a - b);
  return sorted.length === 0 ? null : round(sorted[Math.floor(share * (sorted.length - 1))]);
}

/**
 * Spearman's rank correlation of the lightness of faces before and after, for each style of at least `FEWEST` portraits:
 * whether who is darker than another stays so.
 */
export function toneCorrelations(
  pairs: readonly (Metrics & { readonly style: string })[],
): Record<string, number> {
  const styles = [...new Set(pairs.map(({ style }) => style))];
  const groups = styles.map((style) => pairs.filter((pair) => pair.style === style));
  return Object.fromEntries(
    groups
      .filter((group) => group.length >= FEWEST)
      .map((group) => {
        const before = group.map(({ faceLightness }) => faceLightness.portrait);
        const after = group.map(({ faceLightness }) => faceLightness.result);
        return [group[0].style, round(rankCorrelation(before, after))];
      }),
  );
}

/** Portraits below which a correlation says nothing. */
const FEWEST = 8;

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

export function roundMetrics(metrics: Metrics): Metrics {
  const { identity, landmarkError, gazeError, styleDistance, textureDistance, faceLightness, found } =
    metrics;
  const roundIfAny = (value: number | null) => (value === null ? null : round(value));
  return {
    identity: roundIfAny(identity),
    landmarkError: roundIfAny(landmarkError),
    gazeError: roundIfAny(gazeError),
    styleDistance: round(styleDistance),
    textureDistance: round(textureDistance),
    faceLightness: { portrait: round(faceLightness.portrait), result: round(faceLightness.result) },
    found,
  };
}

/** The means as a table for people. */
export function describeMeans(
  rows: Record<string, MeanMetrics>,
  count: number,
  found: number,
  worstTenth: number | null,
  tones: Readonly<Record<string, number>>,
): string {
  const format = (value: number | null) => (value === null ? '–' : value.toFixed(4)).padStart(10);
  const lines = Object.entries(rows).map(
    ([name, { identity, landmarkError, gazeError, styleDistance, textureDistance }]) =>
      `${name.padEnd(10)}${[identity, landmarkError, gazeError, styleDistance, textureDistance].map(format).join('')}`,
  );
  return [
    `${count} pairs, a face found again in ${found}; worst tenth of identity ${format(worstTenth).trim()}`,
    `${''.padEnd(10)}${['identity', 'landmarks', 'gaze', 'style', 'texture'].map((name) => name.padStart(10)).join('')}`,
    ...lines,
    ...describeTones(tones),
  ].join('\n');
}

function describeTones(tones: Readonly<Record<string, number>>): string[] {
  const sorted = Object.entries(tones).sort(([, a], [, b]) => a - b);
  if (sorted.length === 0) return [];
  const middle = sorted[Math.floor(sorted.length / 2)][1];
  const lowest = sorted.slice(0, 3).map(([style, value]) => `${style} ${value.toFixed(2)}`);
  return [
    `rank correlation of the lightness of faces, before and after: median ${middle.toFixed(2)}; lowest ${lowest.join(', ')}`,
  ];
}
