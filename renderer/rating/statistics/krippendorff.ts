/**
 * Agreement of raters: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability". 1: they agree; 0: as by chance. Votes
 * may be missing; a unit with one vote says nothing.
 */
export type Metric = 'nominal' | 'ordinal' | 'interval';

export interface UnitValue {
  /** What was judged. */
  readonly unit: string;
  readonly value: number;
}

/** @returns null when no unit has two votes, or when there is but one value in all */
export function krippendorffAlpha(votes: readonly UnitValue[], metric: Metric): number | null {
  const values = [...new Set(votes.map(({ value }) => value))].sort((a, b) => a - b);
  const coincidences = coincidenceMatrix(votes, values);
  const totals = coincidences.map((row) => row.reduce((sum, n) => sum + n, 0));
  const all = totals.reduce((sum, n) => sum + n, 0);
  const distance = squaredDistance(metric, values, totals);
  let observed = 0;
  let expected = 0;
  for (let c = 0; c < values.length; c++) {
    for (let k = 0; k < values.length; k++) {
      observed += coincidences[c][k] * distance(c, k);
      expected += totals[c] * totals[k] * distance(c, k);
    }
  }
  return expected > 0 ? 1 - ((all - 1) * observed) / expected : null;
}

/** Of every unit each ordered pair of votes, weighted by 1 / (votes of the unit − 1). */
function coincidenceMatrix(votes: readonly UnitValue[], values: readonly number[]): number[][] {
  const matrix = values.map(() => values.map(() => 0));
  const counts = new Map<string, number[]>();
  for (const { unit, value } of votes) {
    const row = counts.get(unit) ?? values.map(() => 0);
    row[values.indexOf(value)]++;
    counts.set(unit, row);
  }
  for (const row of counts.values()) {
    const size = row.reduce((sum, n) => sum + n, 0);
    if (size < 2) continue;
    row.forEach((c, i) => {
      row.forEach((k, j) => {
        matrix[i][j] += (c * (i === j ? k - 1 : k)) / (size - 1);
      });
    });
  }
  return matrix;
}

/** Between the values of two places. */
function squaredDistance(
  metric: Metric,
  values: readonly number[],
  totals: readonly number[],
): (c: number, k: number) => number {
  switch (metric) {
    case 'nominal':
      return (c, k) => (c === k ? 0 : 1);
    case 'interval':
      return (c, k) => (values[c] - values[k]) ** 2;
    case 'ordinal':
      return (c, k) => {
        const [low, high] = c < k ? [c, k] : [k, c];
        const between = totals.slice(low, high + 1).reduce((sum, n) => sum + n, 0);
        return (between - (totals[low] + totals[high]) / 2) ** 2;
      };
    default:
      throw metric satisfies never;
  }
}
