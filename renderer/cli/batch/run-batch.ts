/** Many portraits, some at once; what is complete already is left alone, and one that fails stops no other. */
import type { ErrorCode } from '../../../models/errors.ts';
import { failureOf, type KnownFailure } from '../../core/errors.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { saveFile } from '../../core/files/save-file.ts';
import type { AnimationFormat } from '../../core/sequences/read-animation.ts';
import type { Journal } from './journal.ts';
import { keyOf, type Painted, type Recipe, type Studio } from './studio.ts';

export interface Task {
  readonly portrait: string;
  readonly output: string;
  /** As of a `Portrait`. */
  readonly animation: AnimationFormat | null;
}

export type Outcome = Task &
  (
    | ({ readonly state: 'done'; readonly milliseconds: number } & Omit<Painted, 'bytes'>)
    | { readonly state: 'complete' }
    | { readonly state: 'failed'; readonly error: KnownFailure }
  );

export interface BatchOptions {
  readonly recipe: Recipe;
  readonly studio: Studio;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  /** @param share of all the work, 0..1 */
  readonly onProgress: (share: number) => void;
  readonly onOutcome: (outcome: Outcome) => void;
}

/** What is wrong for every portrait when it is for one. */
const HOPELESS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'NOT_WRITABLE',
  'UNAUTHORIZED',
  'RENDERER_UNREACHABLE',
  'DATABASE_UNAVAILABLE',
  'STORAGE_FULL',
  'STORAGE_UNAVAILABLE',
]);

/** Ends early when the signal aborts, or when going on is pointless. Every file is whole or not there. */
export async function runBatch(tasks: readonly Task[], options: BatchOptions): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const waiting = tasks.values();
  const shares = new Map<Task, number>();
  const progress = (task: Task, share: number) => {
    shares.set(task, share);
    options.onProgress([...shares.values()].reduce((sum, one) => sum + one, 0) / tasks.length);
  };
  const lane = async () => {
    for (const task of waiting) {
      if (signal.aborted) return;
      const outcome = await attempt(task, { ...options, signal }, (share) => progress(task, share));
      if (signal.aborted && outcome.state === 'failed') return;
      progress(task, 1);
      options.onOutcome(outcome);
      if (outcome.state === 'failed' && HOPELESS.has(outcome.error.code)) stop.abort();
    }
  };
  await Promise.all(Array.from({ length: options.studio.atOnce }, lane));
}

async function attempt(
  task: Task,
  options: BatchOptions,
  onProgress: (share: number) => void,
): Promise<Outcome> {
  try {
    return await work(task, options, onProgress);
  } catch (error) {
    return { ...task, state: 'failed', error: failureOf(error) };
  }
}

async function work(
  task: Task,
  { recipe, studio, journal, signal }: BatchOptions,
  onProgress: (share: number) => void,
): Promise<Outcome> {
  const started = performance.now();
  const bytes = await readFileBytes(task.portrait);
  const key = keyOf(bytes, studio.style, recipe);
  if (await journal.isComplete(task.output, key)) return { ...task, state: 'complete' };
  const { output, animation } = task;
  const portrait = { path: task.portrait, output, animation, bytes, key };
  const { bytes: file, ...facts } = await studio.paint(portrait, { signal, onProgress });
  await journal.announce(task.output, key, file);
  await saveFile(task.output, file, signal);
  return { ...task, state: 'done', milliseconds: Math.round(performance.now() - started), ...facts };
}
