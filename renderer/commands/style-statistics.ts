import type { Metrics } from '../../models/style/measure.ts';

export interface MeanMetrics {
  /** Over the results in which a face was found; null when there is none. */
  readonly identity: number | null;
  readonly landmarkError: number | null;
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

export function roundMetrics(metrics: Metrics): Metrics {
  const { identity, landmarkError, styleDistance, textureDistance, found } = metrics;
  return {
    identity: identity === null ? null : round(identity),
    landmarkError: landmarkError === null ? null : round(landmarkError),
    styleDistance: round(styleDistance),
    textureDistance: round(textureDistance),
    found,
  };
}

/** The means as a table for people. */
export function describeMeans(
  rows: Record<string, MeanMetrics>,
  count: number,
  found: number,
  worstTenth: number | null,
): string {
  const format = (value: number | null) => (value === null ? '–' : value.toFixed(4)).padStart(10);
  const lines = Object.entries(rows).map(
    ([name, { identity, landmarkError, styleDistance, textureDistance }]) =>
      `${name.padEnd(10)}${[identity, landmarkError, styleDistance, textureDistance].map(format).join('')}`,
  );
  return [
    `${count} pairs, a face found again in ${found}; worst tenth of identity ${format(worstTenth).trim()}`,
    `${''.padEnd(10)}${['identity', 'landmarks', 'style', 'texture'].map((name) => name.padStart(10)).join('')}`,
    ...lines,
  ].join('\n');
}
