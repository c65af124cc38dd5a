/**
 * What a rater sees, in which order: by the plan's seed and the rater's number alone. Versions rotate through a Latin square,
 * so that over raters each version of each picture comes early and late, left and right equally often; a session that ends
 * early has seen all versions about as often.
 */
import type { Plan, Question, Trial } from './plan.ts';
import { shuffled } from './shuffled.ts';

export interface Showing {
  /** Place of the question in the plan, and of the trial in the question; of its training where `answer` is there. */
  readonly question: number;
  readonly trial: number;
  /** As shown, from left to right. */
  readonly stimuli: readonly string[];
  readonly beside?: string;
  /** Training: what is meant by the picture. */
  readonly answer?: number;
  readonly isRepeat?: boolean;
}

/** Showings between the first and the second of the same, at least, where there are enough. */
const APART = 10;

/** @param rater 0, 1, 2 …, in the order in which raters began */
export function showingsFor(plan: Plan, rater: number): Showing[] {
  const shares = sharesOf(plan);
  return rotate(
    plan.questions.map((question, i) => ({ question, i })),
    rater,
  ).flatMap(({ question, i }) => {
    const training = question.training.map(({ stimuli, answer }, trial) => ({
      question: i,
      trial,
      stimuli,
      answer,
    }));
    return [
      ...shuffled(training, seedOf(plan, rater, i)),
      ...questionShowings(plan, question, i, rater, shares[i]),
    ];
  });
}

/** How many trials of each question fit into a session; all of them where they do. */
function sharesOf({ questions, session }: Plan): number[] {
  const perTrial = ({ plannedSeconds }: Question) => plannedSeconds * (1 + session.repeats);
  const wanted = questions.reduce(
    (sum, question) => sum + question.trials.length * perTrial(question) + question.training.length * 3,
    0,
  );
  const part = Math.min(1, (session.mostMinutes * 60) / wanted);
  return questions.map(({ trials }) => Math.max(1, Math.floor(trials.length * part)));
}

function questionShowings(
  plan: Plan,
  question: Question,
  place: number,
  rater: number,
  most: number,
): Showing[] {
  const seed = seedOf(plan, rater, place);
  const showings = rounds(question.trials, rater, seed)
    .slice(0, most)
    .map(({ trial, version }): Showing => {
      const { stimuli, beside } = question.trials[trial];
      // By number of the trial and the rater alone, so that half of the raters see each choice either way round.
      const isTurned = (trial + rater + version) % 2 === 1;
      const sides = isTurned ? [...stimuli].reverse() : stimuli;
      return { question: place, trial, stimuli: sides, ...(beside && { beside }) };
    });
  return withRepeats(showings, Math.round(showings.length * plan.session.repeats), seed);
}

/** In every round each item once; which of its versions is a row of a Latin square. */
function rounds(trials: readonly Trial[], rater: number, seed: number): { trial: number; version: number }[] {
  const items = new Map<string, number[]>();
  trials.forEach(({ item }, i) => {
    items.set(item, [...(items.get(item) ?? []), i]);
  });
  const versions = [...items.values()];
  const length = Math.max(...versions.map((list) => list.length));
  const order: { trial: number; version: number; item: number }[] = [];
  for (let round = 0; round < length; round++) {
    const next = shuffled([...versions.keys()], seed + round).flatMap((item) => {
      const list = versions[item];
      const version = round < list.length ? (williams(round, list.length) + item + rater) % list.length : -1;
      return version < 0 ? [] : [{ trial: list[version], version, item }];
    });
    // The same picture twice running would be compared with itself.
    if (next.length > 1 && next[0].item === order.at(-1)?.item) next.push(...next.splice(0, 1));
    order.push(...next);
  }
  return order;
}

/** 0, 1, n−1, 2, n−2 …: of its rotations each version follows each other one about equally often (Williams 1949). */
const williams = (place: number, count: number): number =>
  place % 2 === 1 ? (place + 1) / 2 : (count - place / 2) % count;

/** A second showing of some of the first half, in the second half; choices the other way round. */
function withRepeats(showings: readonly Showing[], count: number, seed: number): Showing[] {
  const half = Math.ceil(showings.length / 2);
  const chosen = shuffled([...showings.slice(0, half).keys()], seed + 1000).slice(0, count);
  const result = [...showings];
  chosen.forEach((place, k) => {
    const again: Showing = {
      ...showings[place],
      stimuli: [...showings[place].stimuli].reverse(),
      isRepeat: true,
    };
    const spread = half + Math.floor(((k + 1) * (showings.length - half)) / count);
    result.splice(Math.min(result.length, Math.max(place + APART, spread + k)), 0, again);
  });
  return result;
}

/** Different for each rater and question. */
const seedOf = ({ seed }: Plan, rater: number, question: number): number =>
  (seed + Math.imul(rater + 1, 0x9e3779b1) + Math.imul(question + 1, 0x85ebca6b)) >>> 0;

function rotate<T>(values: readonly T[], by: number): T[] {
  const start = by % values.length;
  return [...values.slice(start), ...values.slice(0, start)];
}
