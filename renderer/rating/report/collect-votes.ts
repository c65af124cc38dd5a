/** Votes put beside what they were about. */
import { type Showing, showingsFor } from '../plan/order.ts';
import type { Plan, Question } from '../plan/plan.ts';
import type { RaterFile } from '../server/vote-files.ts';
import { type Comparison, groupedBy, mean, type Rating } from '../statistics/votes.ts';

/** One vote, of whatever kind of question. */
export interface Answered {
  readonly rater: string;
  readonly showing: Showing;
  readonly item: string;
  /** As shown, from left to right. */
  readonly conditions: readonly string[];
  readonly isCheck: boolean;
  readonly value: number;
  readonly milliseconds: number;
}

/** What is counted of a question. */
export interface Collected {
  readonly question: Question;
  /** Without training. */
  readonly answered: readonly Answered[];
  /** How many were to be answered, by rater. */
  readonly asked: ReadonlyMap<string, number>;
}

/** By question, in the order of the plan. */
export function collectVotes(plan: Plan, raters: readonly RaterFile[]): Collected[] {
  const condition = new Map(plan.stimuli.map((stimulus) => [stimulus.id, stimulus.condition]));
  const all = raters.flatMap(({ rater, index, votes }) => {
    const showings = showingsFor(plan, index);
    return votes.map(({ place, value, milliseconds }): Answered => {
      const showing = showings[place];
      const { trials, training } = plan.questions[showing.question];
      const { item, isCheck = false } = (showing.answer === undefined ? trials : training)[showing.trial];
      const conditions = showing.stimuli.map((id) => condition.get(id) ?? id);
      return { rater, showing, item, conditions, isCheck, value, milliseconds };
    });
  });
  const isOf = (showing: Showing, i: number) => showing.question === i && showing.answer === undefined;
  return plan.questions.map((question, i) => ({
    question,
    answered: all.filter(({ showing }) => isOf(showing, i)),
    asked: new Map(
      raters.map(({ rater, index }) => [
        rater,
        showingsFor(plan, index).filter((showing) => isOf(showing, i)).length,
      ]),
    ),
  }));
}

const isFirst = ({ showing, isCheck }: Answered) => !showing.isRepeat && !isCheck;

/** First votes on a scale. */
export const ratingsOf = (answered: readonly Answered[]): Rating[] =>
  answered
    .filter(isFirst)
    .map(({ rater, item, conditions: [condition], value }) => ({ rater, item, condition, value }));

/** First choices. */
export const comparisonsOf = (answered: readonly Answered[]): Comparison[] =>
  answered.filter(isFirst).map(({ rater, item, conditions: [first, second], value }) => ({
    rater,
    item,
    first,
    second,
    outcome: value < 0 ? 'first' : value > 0 ? 'second' : 'tie',
  }));

export interface RepeatedVote {
  readonly rater: string;
  readonly first: number;
  readonly second: number;
}

/** Pairs of votes of one rater on the same; of choices both as if shown the same way round. */
export function repeatsOf(answered: readonly Answered[]): RepeatedVote[] {
  const trials = groupedBy(answered, ({ rater, showing }) => `${rater} ${showing.trial}`);
  return [...trials.values()].flatMap((votes) => {
    const first = votes.find(({ showing }) => !showing.isRepeat);
    const second = votes.find(({ showing }) => showing.isRepeat);
    if (!first || !second) return [];
    const isTurned = second.conditions.length === 2;
    return [{ rater: first.rater, first: first.value, second: isTurned ? -second.value : second.value }];
  });
}

/** What is held against a rater, by the rules of the plan. */
export interface RaterRecord {
  readonly rater: string;
  readonly votes: number;
  /** How many were planned. */
  readonly asked: number;
  readonly medianSeconds: number;
  readonly checks: number;
  readonly failedChecks: number;
  readonly repeats: number;
  /** Mean of the absolute differences, in points; of choices, the share that changed. */
  readonly repeatDifference: number | null;
  /** Rules that leave the rater out, in words. */
  readonly excludedFor: readonly string[];
}

/** By rater, in the order in which they began. */
export function recordsOf({ question, answered, asked }: Collected, rules: Plan['exclusion']): RaterRecord[] {
  return [...groupedBy(answered, ({ rater }) => rater)].map(([rater, votes]) => {
    const checks = votes.filter(({ isCheck, showing }) => isCheck && !showing.isRepeat);
    const repeats = repeatsOf(votes);
    const isChoice = question.scale === '2AFC';
    const change = repeats.map(({ first, second }) =>
      isChoice ? Number(first !== second) : Math.abs(first - second),
    );
    const seconds = votes.map(({ milliseconds }) => milliseconds / 1000).sort((a, b) => a - b);
    const record = {
      rater,
      votes: votes.length,
      asked: asked.get(rater) ?? votes.length,
      medianSeconds: seconds[Math.floor(seconds.length / 2)],
      checks: checks.length,
      failedChecks: checks.filter(isFailed).length,
      repeats: repeats.length,
      repeatDifference: change.length > 0 ? mean(change) : null,
    };
    return { ...record, excludedFor: reasonsFor(record, votes, question, rules) };
  });
}

/** The original is on the side that was not chosen. */
const isFailed = ({ conditions, value }: Answered) =>
  conditions[value < 0 ? 0 : 1] !== 'original' || value === 0;

const LEAST_CHECKS = 2;
const LEAST_REPEATS = 3;

function reasonsFor(
  record: Omit<RaterRecord, 'excludedFor'>,
  votes: readonly Answered[],
  { scale }: Question,
  rules: Plan['exclusion'],
): string[] {
  const reasons: string[] = [];
  if (record.votes < rules.answeredBelow * record.asked)
    reasons.push(`only ${record.votes} of ${record.asked} answered`);
  const { checks, failedChecks, repeats, repeatDifference } = record;
  if (checks >= LEAST_CHECKS && failedChecks / checks > rules.failedChecksAbove)
    reasons.push(`${failedChecks} of ${checks} checks failed`);
  const most = scale === '2AFC' ? rules.repeatChangesAbove : rules.repeatDifferenceAbove;
  if (repeats >= LEAST_REPEATS && repeatDifference !== null && repeatDifference > most)
    reasons.push('repeats answered otherwise');
  const anchor = rules.originalNotAbove;
  if (scale !== '2AFC' && anchor !== undefined && !isAbove(votes, 'original', anchor))
    reasons.push(`original not above ${anchor}`);
  return reasons;
}

function isAbove(votes: readonly Answered[], upper: string, lower: string): boolean {
  const of = (condition: string) =>
    votes.filter(({ conditions }) => conditions[0] === condition).map(({ value }) => value);
  const [high, low] = [of(upper), of(lower)];
  return high.length < 2 || low.length < 2 || mean(high) > mean(low);
}
