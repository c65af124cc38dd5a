import { Presets, SingleBar } from 'cli-progress';
import { createTimeLeft } from '../../../protocol/time-left.ts';
import type { Io } from './io.ts';

export interface Progress {
  /** @param share of the whole work that is done, 0..1 */
  update(share: number, label: string): void;
  /** Takes the bar off the terminal, so that lines can be printed; the next update draws it again. */
  clear(): void;
}

/** A bar on a terminal, nothing in a pipe. */
export function createProgress(io: Io): Progress {
  if (!io.isTerminal) return { update: () => undefined, clear: () => undefined };
  const format = '{bar} {percentage} % {label}{left}';
  const bar = new SingleBar({ format, clearOnComplete: true }, Presets.shades_classic);
  let isShown = false;
  const timeLeft = createTimeLeft();
  return {
    update(share, label) {
      const left = timeLeft(share, performance.now());
      const payload = { label, left: left && `, ${left}` };
      if (!isShown) bar.start(100, 0, payload);
      isShown = true;
      bar.update(Math.round(share * 100), payload);
    },
    clear() {
      if (isShown) bar.stop();
      isShown = false;
    },
  };
}

/** For work that is told by numbers of things. */
export const counted =
  (progress: Progress) =>
  (done: number, total: number): void =>
    progress.update(done / total, `${done} of ${total}`);
