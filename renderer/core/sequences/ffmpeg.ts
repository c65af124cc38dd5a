/** FFmpeg as child processes: never a shell, arguments as lists, pictures through pipes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';
import { childEnvironment } from '../processes/child-environment.ts';

export type Program = 'ffmpeg' | 'ffprobe';

/** Bytes of messages that are kept of a process. */
const MOST_WORDS = 4096;

/** A path that is taken for neither an option (-a.mp4) nor a protocol (a:b.mp4). */
export const filePath = (path: string): string => resolve(path);

/** Starts a program. @param signal kills it */
export const start = (program: Program, args: readonly string[], signal?: AbortSignal): ChildProcess =>
  spawn(program, args, { env: childEnvironment('browsing'), stdio: ['pipe', 'pipe', 'pipe'], signal });

/** What a program has said at its end. */
export interface Ending {
  readonly code: number | null;
  readonly words: string;
}

/** @throws FFMPEG_MISSING, CANCELLED */
export function ending(child: ChildProcess, program: Program, signal?: AbortSignal): Promise<Ending> {
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-MOST_WORDS);
  });
  return new Promise((resolve, reject) => {
    child.once('error', (cause: NodeJS.ErrnoException) => {
      if (signal?.aborted) reject(new LimnerError('CANCELLED', 'Cancelled.', { cause }));
      else if (cause.code === 'ENOENT') reject(missing(program));
      else reject(cause);
    });
    child.once('close', (code) => resolve({ code, words }));
  });
}

/** Runs a program to its end. @throws FFMPEG_MISSING, CANCELLED */
export async function run(
  program: Program,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<Ending & { readonly output: string }> {
  const child = start(program, args, signal);
  child.stdin?.end();
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const end = await ending(child, program, signal);
  return { ...end, output: Buffer.concat(chunks).toString('utf8') };
}

const missing = (program: Program) =>
  new LimnerError('FFMPEG_MISSING', `There is no ${program} on this machine to read and write videos with.`);

/** The version of a program, or null where there is none. */
export async function versionOf(program: Program): Promise<string | null> {
  try {
    const { code, output } = await run(program, ['-version']);
    return code === 0 ? (/version (\S+)/.exec(output)?.[1] ?? 'unknown') : null;
  } catch {
    return null;
  }
}

/** The last thing that a program complained of. */
export const lastWords = (words: string): string => words.trim().split('\n').at(-1)?.trim() ?? '';
