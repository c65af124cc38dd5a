import { LimnerError } from '../errors.ts';
import { STAGES, type Stage, type StylizeOptions } from './settings.ts';

export interface Stopwatch {
  /** @throws CANCELLED when the signal has aborted */
  begin(stage: Stage): void;
  /** Ends the work. @returns milliseconds a stage */
  timings(): Partial<Record<Stage, number>>;
}

/** Measures the stages, reports progress, and stops at the border of two stages when asked to. */
export function createStopwatch({
  signal,
  onProgress,
}: Pick<StylizeOptions, 'signal' | 'onProgress'>): Stopwatch {
  const spent: Partial<Record<Stage, number>> = {};
  let current: Stage | undefined;
  let since = performance.now();
  let reached = 0;
  const end = () => {
    const now = performance.now();
    if (current) spent[current] = (spent[current] ?? 0) + now - since;
    since = now;
  };
  return {
    begin(stage) {
      if (signal?.aborted) throw new LimnerError('CANCELLED', 'The work was cancelled.');
      end();
      current = stage;
      // With several faces the stages come again; what is done stays done.
      reached = Math.max(reached, STAGES.indexOf(stage) / STAGES.length);
      onProgress?.(reached, stage);
    },
    timings() {
      end();
      onProgress?.(1, 'composite');
      return spent;
    },
  };
}
