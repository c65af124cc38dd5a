/** Many portraits, some at once; what is complete already is left alone, and one that fails stops no other. */
import type { ErrorCode, LimnerError } from '../../../models/errors.ts';
import { failureOf, type KnownFailure } from '../../core/errors.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { checkWritable, saveFile } from '../../core/files/save-file.ts';
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
  /** Why a result may not be written, by its path. */
  readonly problems: ReadonlyMap<string, LimnerError>;
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
/** What the system says of one name, and not of the folder or the disk. */
const OF_ONE_NAME: ReadonlySet<unknown> = new Set([
  'EISDIR',
  'ENOTDIR',
  'ENAMETOOLONG',
  'ELOOP',
  'EEXIST',
  'EINVAL',
  'EILSEQ',
]);

function isHopeless(error: unknown): boolean {
  const { code } = failureOf(error);
  if (code !== 'NOT_WRITABLE') return HOPELESS.has(code);
  const { cause } = error as Error;
  return !(cause instanceof Error && 'code' in cause && OF_ONE_NAME.has(cause.code));
}

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
      const { outcome, isLast } = await attempt(task, { ...options, signal }, (share) =>
        progress(task, share),
      );
      if (signal.aborted && outcome.state === 'failed') return;
      progress(task, 1);
      options.onOutcome(outcome);
      if (isLast) stop.abort();
    }
  };
  await Promise.all(Array.from({ length: options.studio.atOnce }, lane));
}

async function attempt(
  task: Task,
  options: BatchOptions,
  onProgress: (share: number) => void,
): Promise<{ readonly outcome: Outcome; readonly isLast: boolean }> {
  try {
    return { outcome: await work(task, options, onProgress), isLast: false };
  } catch (error) {
    const outcome = { ...task, state: 'failed', error: failureOf(error) } as const;
    return { outcome, isLast: isHopeless(error) };
  }
}

async function work(
  task: Task,
  { recipe, studio, journal, problems, signal }: BatchOptions,
  onProgress: (share: number) => void,
): Promise<Outcome> {
  const started = performance.now();
  const problem = problems.get(task.output);
  if (problem) throw problem;
  const bytes = await readFileBytes(task.portrait);
  const key = keyOf(bytes, studio.style, recipe);
  if (await journal.isComplete(task.output, key)) return { ...task, state: 'complete' };
  await checkWritable(task.output);
  const { output, animation } = task;
  const portrait = { path: task.portrait, output, animation, bytes, key };
  const { bytes: file, ...facts } = await studio.paint(portrait, { signal, onProgress });
  await journal.announce(task.output, key, file);
  await saveFile(task.output, file, signal);
  return { ...task, state: 'done', milliseconds: Math.round(performance.now() - started), ...facts };
}
