import type { Io } from './io.ts';
import type { Progress } from './progress.ts';
import { reportError } from './report-error.ts';

interface EachOptions {
  readonly io: Io;
  readonly json: boolean;
  readonly progress: Progress;
  /** What errors call an input: portrait, image, frame, file. */
  readonly kind: string;
}

/**
 * Works on one input after another. One that fails is reported and stops no other; an interruption stops them all.
 * @param work its progress is that of one input
 * @returns the exit code: that of the first error, 0 without one
 */
export async function eachInput(
  inputs: readonly string[],
  { io, json, progress, kind }: EachOptions,
  work: (input: string, index: number, progress: Progress) => Promise<void>,
): Promise<number> {
  let exitCode = 0;
  for (const [i, input] of inputs.entries()) {
    try {
      io.signal.throwIfAborted();
      await work(input, i, stepOf(progress, i, inputs));
    } catch (error) {
      progress.clear();
      const code = reportError(error, io, json, { [kind]: input });
      exitCode ||= code;
    }
    if (io.signal.aborted) break;
  }
  return exitCode;
}

/** The progress of one of several inputs. */
function stepOf(progress: Progress, index: number, inputs: readonly string[]): Progress {
  const count = inputs.length;
  return {
    clear: () => progress.clear(),
    update: (share, stage) =>
      progress.update(
        (index + share) / count,
        count > 1 ? `${stage} (${index + 1} of ${count}: ${inputs[index]})` : stage,
      ),
  };
}
