/** `limner rate report`: what people said, how sure that is, and who was left out why. */
import { LimnerError } from '../../../models/errors.ts';
import type { Copy } from '../../ledger/copy.ts';
import { type Noted, readNote } from '../plan/note-plan.ts';
import type { OpenedPlan, Plan } from '../plan/plan.ts';
import { readErased, readRaters } from '../server/vote-files.ts';
import { type Screened, screenRaters } from '../statistics/screening.ts';
import {
  type AnalysisOptions,
  analyseChoice,
  analyseScale,
  type ChoiceAnalysis,
  type ScaleAnalysis,
} from './analyse.ts';
import { type Collected, collectVotes, type RaterRecord, ratingsOf, recordsOf } from './collect-votes.ts';

export type Analysis = ScaleAnalysis | ChoiceAnalysis;

export interface QuestionReport {
  readonly name: Plan['questions'][number]['name'];
  readonly scale: Plan['questions'][number]['scale'];
  readonly ask: string;
  readonly raters: readonly RaterRecord[];
  /** After BT.500, of those who are not excluded; scales only. */
  readonly screened: readonly Screened[];
  /** Of everybody. */
  readonly everybody: Analysis | null;
  /** Without those whom the rules of the plan exclude: the result. */
  readonly counted: Analysis | null;
  /** Without those whom BT.500 rejects, either; the same where nobody is rejected; null for choices. */
  readonly afterScreening: Analysis | null;
}

export interface RatingReport {
  readonly plan: { readonly sha256: string; readonly createdAt: string; readonly seed: number };
  /** When the plan's hash came into a ledger; null when nothing is known of it. */
  readonly ledger: (Noted & { readonly isBeforeVotes: boolean }) | null;
  readonly conditions: Plan['conditions'];
  readonly raters: number;
  readonly firstVoteAt: string;
  readonly lastVoteAt: string;
  /** How many raters had their votes erased. */
  readonly erased: number;
  readonly questions: readonly QuestionReport[];
}

export interface ReportOptions extends AnalysisOptions {
  /** A copy of a ledger that may know of the plan. */
  readonly ledger?: Copy;
  /** PEM files of signers of ledgers that are believed, too. */
  readonly trusted?: readonly string[];
}

/** @throws NO_VOTES, BAD_VOTES when votes are on another plan */
export async function makeReport(opened: OpenedPlan, options: ReportOptions): Promise<RatingReport> {
  const { folder, plan, sha256 } = opened;
  const raters = await readRaters(folder);
  const stranger = raters.find((rater) => rater.plan !== sha256);
  if (stranger)
    throw new LimnerError(
      'BAD_VOTES',
      `The votes of ${stranger.rater} are on another plan than ${folder} has.`,
    );
  const times = raters.flatMap(({ votes }) => votes.map(({ at }) => at)).sort();
  const questions = collectVotes(plan, raters)
    .filter(({ answered }) => answered.length > 0)
    .map((collected) => reportQuestion(collected, plan, options));
  if (questions.length === 0) throw new LimnerError('NO_VOTES', `There are no votes in ${folder}.`);
  const note = await readNote(opened, { copy: options.ledger, trusted: options.trusted });
  return {
    plan: { sha256, createdAt: plan.createdAt, seed: plan.seed },
    ledger: note && { ...note, isBeforeVotes: Date.parse(note.at) < Date.parse(times[0]) },
    conditions: plan.conditions,
    raters: raters.filter(({ votes }) => votes.length > 0).length,
    firstVoteAt: times[0],
    lastVoteAt: times[times.length - 1],
    erased: (await readErased(folder)).length,
    questions,
  };
}

function reportQuestion(collected: Collected, plan: Plan, options: AnalysisOptions): QuestionReport {
  const { question, answered } = collected;
  const records = recordsOf(collected, plan.exclusion);
  const excluded = new Set(
    records.filter(({ excludedFor }) => excludedFor.length > 0).map(({ rater }) => rater),
  );
  const counted = answered.filter(({ rater }) => !excluded.has(rater));
  const { name, scale, ask } = question;
  const common = { name, scale, ask, raters: records };
  if (scale === '2AFC') {
    const analyse = (votes: typeof answered) => analyseChoice(votes, options);
    return {
      ...common,
      screened: [],
      everybody: analyse(answered),
      counted: analyse(counted),
      afterScreening: null,
    };
  }
  const screened = screenRaters(ratingsOf(counted));
  const rejected = new Set(screened.filter(({ isRejected }) => isRejected).map(({ rater }) => rater));
  const analyse = (votes: typeof answered) => analyseScale(votes, options);
  return {
    ...common,
    screened,
    everybody: analyse(answered),
    counted: analyse(counted),
    afterScreening: analyse(counted.filter(({ rater }) => !rejected.has(rater))),
  };
}
