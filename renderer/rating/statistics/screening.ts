/**
 * Raters whose votes are far from those of others, on both sides: Recommendation ITU-R BT.500, Annex 1, "Screening of the
 * observers" for single and double stimulus methods. For every picture the kurtosis β2 of its votes says whether they are
 * normally distributed (2 ≤ β2 ≤ 4); a vote is far off beyond 2 standard deviations then, beyond √20 else.
 */
import { distinct, groupedBy, mean, type Rating, stimulusOf } from './votes.ts';

export interface Screened {
  readonly rater: string;
  readonly votes: number;
  /** P: votes far above, at the limit included. */
  readonly above: number;
  /** Q: votes far below. */
  readonly below: number;
  readonly isRejected: boolean;
}

/** Share of votes far off above which a rater is looked at. */
const MOST_FAR = 0.05;
/** |P − Q| / (P + Q) below which these votes are on no side: a rater who is only stricter than others stays. */
const ONE_SIDED = 0.3;

/** All raters, in the order of their first vote. Of a picture voted on twice by one rater, all votes count. */
export function screenRaters(ratings: readonly Rating[]): Screened[] {
  const limits = new Map<string, { low: number; high: number }>();
  const groups = groupedBy(ratings, stimulusOf);
  for (const [stimulus, group] of groups) limits.set(stimulus, limitsOf(group.map(({ value }) => value)));
  return distinct(ratings.map(({ rater }) => rater)).map((rater) => {
    const own = ratings.filter((rating) => rating.rater === rater);
    const count = (isFar: (value: number, limit: { low: number; high: number }) => boolean) =>
      own.filter((rating) => {
        const limit = limits.get(stimulusOf(rating));
        return limit !== undefined && limit.high > limit.low && isFar(rating.value, limit);
      }).length;
    const above = count((value, { high }) => value >= high);
    const below = count((value, { low }) => value <= low);
    const far = above + below;
    const isRejected = far / own.length > MOST_FAR && Math.abs(above - below) / far < ONE_SIDED;
    return { rater, votes: own.length, above, below, isRejected };
  });
}

/** Without any width where all votes are the same: nobody is far off there. */
function limitsOf(values: readonly number[]): { low: number; high: number } {
  const middle = mean(values);
  const moment = (power: number) => mean(values.map((value) => (value - middle) ** power));
  // S has n − 1 below the line, the moments of β2 have n.
  const deviation = values.length > 1 ? Math.sqrt((moment(2) * values.length) / (values.length - 1)) : 0;
  const kurtosis = moment(4) / moment(2) ** 2;
  const reach = deviation * (kurtosis >= 2 && kurtosis <= 4 ? 2 : Math.sqrt(20));
  return { low: middle - reach, high: middle + reach };
}
