/**
 * What raters add to what they see: Recommendation ITU-T P.910, Annex E, after Li, Bampis, Krasula, Janowski and Katsavounidis 2020,
 * "A Simple Model for Subject Behavior in Subjective Experiments": vote = quality of the picture + bias of the rater +
 * inconsistency of the rater · N(0, 1), solved by alternating projection.
 */
import { distinct, mean, type Rating, stimulusOf } from './votes.ts';

export interface RaterTraits {
  readonly rater: string;
  /** Points by which the rater is more generous than others; their mean is 0. */
  readonly bias: number;
  /** Standard deviation of the rater's votes about what the model expects, in points. */
  readonly inconsistency: number;
}

export interface Recovered {
  readonly item: string;
  readonly condition: string;
  /** On the scale of the votes; it may leave it slightly. */
  readonly quality: number;
  /** Half of the 95 % interval of these raters' opinion of this picture. */
  readonly halfWidth: number;
}

export interface SubjectModel {
  readonly raters: readonly RaterTraits[];
  readonly stimuli: readonly Recovered[];
}

/** Of the root of the summed squares of the changes of the qualities. */
const CONVERGED = 1e-8;
const MOST_STEPS = 1000;
/**
 * Points: what rounding to a whole number does to a vote, 1 / √12. Without a least one a model of few votes ends up believing
 * a single rater entirely.
 */
const LEAST_INCONSISTENCY = 0.2887;
const Z95 = 1.959964;

/** @param ratings at least one */
export function fitSubjectModel(ratings: readonly Rating[]): SubjectModel {
  const keys = distinct(ratings.map(stimulusOf));
  const names = distinct(ratings.map(({ rater }) => rater));
  const ofStimulus = grouped(ratings.map(stimulusOf), keys);
  const ofRater = grouped(
    ratings.map(({ rater }) => rater),
    names,
  );
  const stimulus = placesOf(ofStimulus, ratings.length);
  const rater = placesOf(ofRater, ratings.length);
  const value = ratings.map((rating) => rating.value);
  const meanOver = (votes: readonly number[], of: (vote: number) => number) => mean(votes.map(of));
  let quality = ofStimulus.map((votes) => meanOver(votes, (n) => value[n]));
  let bias = centred(ofRater.map((votes) => meanOver(votes, (n) => value[n] - quality[stimulus[n]])));
  let inconsistency: number[] = [];
  for (let step = 0; step < MOST_STEPS; step++) {
    const before = quality;
    inconsistency = ofRater.map((votes, i) => {
      const rest = votes.map((n) => value[n] - before[stimulus[n]] - bias[i]);
      const middle = mean(rest);
      return Math.max(LEAST_INCONSISTENCY, Math.sqrt(mean(rest.map((one) => (one - middle) ** 2))));
    });
    quality = ofStimulus.map((votes) => {
      const weight = (n: number) => inconsistency[rater[n]] ** -2;
      const total = votes.reduce((sum, n) => sum + weight(n), 0);
      return votes.reduce((sum, n) => sum + weight(n) * (value[n] - bias[rater[n]]), 0) / total;
    });
    bias = centred(ofRater.map((votes) => meanOver(votes, (n) => value[n] - quality[stimulus[n]])));
    if (Math.hypot(...quality.map((one, i) => one - before[i])) < CONVERGED) break;
  }
  return {
    raters: names.map((name, i) => ({ rater: name, bias: bias[i], inconsistency: inconsistency[i] })),
    stimuli: ofStimulus.map((votes, i) => {
      const { item, condition } = ratings[votes[0]];
      const certainty = votes.reduce((sum, n) => sum + inconsistency[rater[n]] ** -2, 0);
      return { item, condition, quality: quality[i], halfWidth: Z95 / Math.sqrt(certainty) };
    }),
  };
}

const centred = (values: readonly number[]): number[] => {
  const middle = mean(values);
  return values.map((value) => value - middle);
};

/** The indices of the votes of each name. */
function grouped(keys: readonly string[], names: readonly string[]): number[][] {
  const groups = new Map<string, number[]>(names.map((name) => [name, []]));
  keys.forEach((key, n) => {
    groups.get(key)?.push(n);
  });
  return [...groups.values()];
}

function placesOf(groups: readonly (readonly number[])[], count: number): Int32Array {
  const places = new Int32Array(count);
  groups.forEach((votes, i) => {
    for (const n of votes) places[n] = i;
  });
  return places;
}
