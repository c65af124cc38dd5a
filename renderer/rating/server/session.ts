/** A rater's way through a plan, as the page may know it: nothing of methods, repeats or checks. */
import { LimnerError } from '../../../models/errors.ts';
import { type Showing, showingsFor } from '../plan/order.ts';
import type { OpenedPlan, Plan } from '../plan/plan.ts';
import { addLine, beginRater, type RaterFile, readRater, type Screen } from './vote-files.ts';

export interface BlindSession {
  readonly rater: string;
  readonly questions: readonly Pick<
    Plan['questions'][number],
    'scale' | 'ask' | 'besideIs' | 'answers' | 'minimumSeconds'
  >[];
  readonly showings: readonly Omit<Showing, 'trial' | 'isRepeat'>[];
  /** Votes so far; the next is for the showing of this place. */
  readonly done: number;
  /** Milliseconds of the rater's time so far, and at most. */
  readonly active: number;
  readonly most: number;
  /** Whether there is nothing more to do. */
  readonly isOver: boolean;
  /** Sizes of pictures, by opaque name. */
  readonly sizes: Readonly<Record<string, readonly [width: number, height: number]>>;
}

export interface NewVote {
  readonly place: number;
  readonly value: number;
  readonly milliseconds: number;
  readonly active: number;
}

/** Milliseconds by which clocks of page and timers differ. */
const TOLERANCE = 50;

export class Sessions {
  readonly #opened: OpenedPlan;
  /** One change of votes after another. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(opened: OpenedPlan) {
    this.#opened = opened;
  }

  begin(screen: Screen): Promise<BlindSession> {
    const { folder, sha256 } = this.#opened;
    return this.#inTurn(async () => this.#blind(await beginRater(folder, sha256, screen)));
  }

  /** @throws RATER_NOT_FOUND, BAD_VOTES */
  async find(rater: string): Promise<BlindSession> {
    return this.#blind(await this.#read(rater));
  }

  /** @throws RATER_NOT_FOUND, VOTE_REFUSED when it is out of order, too fast, no answer, or too late */
  vote(rater: string, vote: NewVote): Promise<void> {
    return this.#inTurn(async () => {
      const file = await this.#read(rater);
      const reason = reasonAgainst(this.#opened.plan, file, vote);
      if (reason) throw new LimnerError('VOTE_REFUSED', `The vote was not taken: ${reason}.`);
      await addLine(this.#opened.folder, rater, { kind: 'vote', ...vote, at: new Date().toISOString() });
    });
  }

  /** @throws RATER_NOT_FOUND */
  step(rater: string, kind: 'pause' | 'resume', active: number): Promise<void> {
    return this.#inTurn(async () => {
      await this.#read(rater);
      await addLine(this.#opened.folder, rater, { kind, active, at: new Date().toISOString() });
    });
  }

  /** Runs what changes votes after what does so already. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** @throws BAD_VOTES for votes on another plan */
  async #read(rater: string): Promise<RaterFile> {
    const file = await readRater(this.#opened.folder, rater);
    if (file.plan === this.#opened.sha256) return file;
    throw new LimnerError('BAD_VOTES', `The votes of ${rater} are on another plan.`);
  }

  #blind({ rater, index, votes, steps }: RaterFile): BlindSession {
    const { plan } = this.#opened;
    const showings = showingsFor(plan, index);
    const active = Math.max(0, ...votes.map((vote) => vote.active), ...steps.map((step) => step.active));
    const most = plan.session.mostMinutes * 60_000;
    return {
      rater,
      questions: plan.questions.map(({ scale, ask, besideIs, answers, minimumSeconds }) => ({
        scale,
        ask,
        besideIs,
        answers,
        minimumSeconds,
      })),
      showings: showings.map(({ question, stimuli, beside, answer }) => ({
        question,
        stimuli,
        beside,
        answer,
      })),
      done: votes.length,
      active,
      most,
      isOver: votes.length >= showings.length || active >= most,
      sizes: Object.fromEntries(plan.stimuli.map(({ id, width, height }) => [id, [width, height]])),
    };
  }
}

/** Why a vote is not taken; null when it is. */
function reasonAgainst(plan: Plan, { index, votes }: RaterFile, vote: NewVote): string | null {
  const showing = showingsFor(plan, index).at(vote.place);
  if (!showing || vote.place !== votes.length) return `expected one on number ${votes.length}`;
  const { answers, minimumSeconds } = plan.questions[showing.question];
  if (!answers.some(({ value }) => value === vote.value)) return `${vote.value} is no answer`;
  const isTraining = showing.answer !== undefined;
  const isFast = vote.milliseconds < minimumSeconds * 1000 - TOLERANCE;
  if (!isTraining && isFast) return `it came within ${minimumSeconds} s`;
  const isLate = (votes.at(-1)?.active ?? 0) >= plan.session.mostMinutes * 60_000;
  return isLate ? 'the time is over' : null;
}
