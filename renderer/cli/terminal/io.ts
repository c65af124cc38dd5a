/** What a command may touch of its process, so that tests can run commands without one. */
export interface Io {
  /** Results; whole lines. */
  out(line: string): void;
  /** Messages for people, errors and warnings; whole lines. */
  err(line: string): void;
  /** Whether `err` is a terminal that progress may be drawn on. */
  readonly isTerminal: boolean;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
}
