/** What is counted: one vote of one person. */

/** A score on a category scale. */
export interface Rating {
  readonly rater: string;
  /** What was depicted: the same for all versions of a picture. */
  readonly item: string;
  /** The version: a method, the original, an anchor. */
  readonly condition: string;
  /** 1..5 */
  readonly value: number;
}

/** A choice between two versions of one item. */
export interface Comparison {
  readonly rater: string;
  readonly item: string;
  readonly first: string;
  readonly second: string;
  readonly outcome: 'first' | 'second' | 'tie';
}

/** What one person says of one picture. */
export const stimulusOf = ({ item, condition }: Pick<Rating, 'item' | 'condition'>): string =>
  JSON.stringify([item, condition]);

/** Different values in the order of their first appearance. */
export const distinct = <T>(values: Iterable<T>): T[] => [...new Set(values)];

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** In the order in which the groups begin. */
export function groupedBy<T>(values: Iterable<T>, keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}
