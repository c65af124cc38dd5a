/** How long an adaptation may take: so many steps, or so many seconds. */
export type Budget = { readonly steps: number } | { readonly seconds: number };

/** Steps whose time tells how many a budget of seconds allows, after one that warms up. */
const TIMED = 3;
/** Numbers of steps that are planned are multiples of this. */
const ROUND = 5;
const MOST_STEPS = 2000;

/**
 * Turns a budget into a number of steps early on, so that what is learnt depends on that number alone: the same number
 * given as the budget teaches the same again.
 */
export class StepClock {
  readonly #seconds: number;
  readonly #started = performance.now();
  readonly #ticks: number[] = [];
  #planned: number;

  constructor(budget: Budget) {
    this.#planned = 'steps' in budget ? budget.steps : MOST_STEPS;
    this.#seconds = 'steps' in budget ? Number.POSITIVE_INFINITY : budget.seconds;
  }

  /** Steps to take in all. */
  get steps(): number {
    return this.#planned;
  }

  /** Whether the seconds are used up, on a machine that has become slower than it was. */
  get isOver(): boolean {
    return this.#elapsed() > this.#seconds;
  }

  /** To be called after each step. */
  tick(): void {
    this.#ticks.push(performance.now());
    if (!Number.isFinite(this.#seconds) || this.#ticks.length !== 1 + TIMED) return;
    const step = (this.#ticks[TIMED] - this.#ticks[0]) / TIMED / 1000;
    const affordable = (0.85 * (this.#seconds - this.#elapsed())) / step;
    this.#planned = Math.min(MOST_STEPS, Math.max(ROUND, Math.floor(affordable / ROUND) * ROUND));
  }

  secondsLeft(): number {
    const done = this.#ticks.length;
    return done === 0 ? 0 : (this.#elapsed() / done) * Math.max(0, this.#planned - done);
  }

  #elapsed(): number {
    return (performance.now() - this.#started) / 1000;
  }
}
