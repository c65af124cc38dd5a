/**
 * How many votes a wished precision needs. The variance of a mean opinion has three parts: raters differ, pictures differ, and
 * the rest. Each is estimated without bias from pairs of votes that share a rater, a picture, or neither, whatever is missing.
 */
import { distinct, type Rating } from './votes.ts';

export interface VarianceParts {
  /** Variance between raters, between items, and of the rest; points², at least 0. */
  readonly raters: number;
  readonly items: number;
  readonly rest: number;
}

/** @param ratings of one condition, at most one vote of a rater on an item. @returns null with fewer than two raters or items */
export function varianceParts(ratings: readonly Rating[]): VarianceParts | null {
  const sameItem = meanHalfSquare(ratings, (a, b) => a.item === b.item && a.rater !== b.rater);
  const sameRater = meanHalfSquare(ratings, (a, b) => a.item !== b.item && a.rater === b.rater);
  const neither = meanHalfSquare(ratings, (a, b) => a.item !== b.item && a.rater !== b.rater);
  if (sameItem === null || sameRater === null || neither === null) return null;
  const raters = Math.max(0, neither - sameRater);
  const items = Math.max(0, neither - sameItem);
  return { raters, items, rest: Math.max(0, neither - raters - items) };
}

/** Votes beyond which pairs are taken from a regular part of them: all pairs of 2000 are two million. */
const MOST_VOTES = 2000;

/** Over all pairs of that kind: E (x − y)² / 2 is the sum of the variances that the two do not share. */
function meanHalfSquare(
  ratings: readonly Rating[],
  isOfKind: (a: Rating, b: Rating) => boolean,
): number | null {
  const step = Math.max(1, Math.ceil(ratings.length / MOST_VOTES));
  const some = ratings.filter((_, i) => i % step === 0);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < some.length; i++) {
    for (let j = 0; j < i; j++) {
      if (!isOfKind(some[i], some[j])) continue;
      sum += (some[i].value - some[j].value) ** 2 / 2;
      count++;
    }
  }
  return count > 0 ? sum / count : null;
}

export interface Need {
  /** Half of the 95 % interval that is wished, in points. */
  readonly halfWidth: number;
  /** With as many items as there are, each seen by each; null when no number of raters suffices. */
  readonly raters: number | null;
  readonly votes: number | null;
  /** Items needed, at least, with as many raters as there are pictures; where raters alone do not suffice. */
  readonly items: number | null;
}

const Z95 = 1.959964;

/** Half of the 95 % interval of a mean over raters × items, by the parts of its variance. */
export const halfWidthOf = (parts: VarianceParts, raters: number, items: number): number =>
  Z95 * Math.sqrt(parts.raters / raters + parts.items / items + parts.rest / (raters * items));

/** @param items how many there are */
export function needFor(parts: VarianceParts, items: number, halfWidth: number): Need {
  const allowed = (halfWidth / Z95) ** 2 - parts.items / items;
  if (allowed > 0) {
    const raters = Math.max(2, Math.ceil((parts.raters + parts.rest / items) / allowed - 1e-9));
    return { halfWidth, raters, votes: raters * items, items: null };
  }
  let more = items;
  while (halfWidthOf(parts, more, more) > halfWidth) more++;
  return { halfWidth, raters: null, votes: null, items: more };
}

/** Comparisons of one pair for a 95 % interval of its share (0..1) of that half width, where nobody differs from anybody. */
export const comparisonsFor = (halfWidth: number): number => Math.ceil((Z95 / (2 * halfWidth)) ** 2);

/** Raters and items of a set of votes. */
export const sizeOf = (votes: readonly Pick<Rating, 'rater' | 'item'>[]) => ({
  raters: distinct(votes.map(({ rater }) => rater)).length,
  items: distinct(votes.map(({ item }) => item)).length,
});
