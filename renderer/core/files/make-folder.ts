import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';

/**
 * Makes a folder and those above it that are missing. Not by mkdir's own recursion, which spins for ever where the system
 * answers ENOENT to every attempt, as below /proc.
 * @throws what the system says, as mkdir does
 */
export const makeFolder = (folder: string, mode?: number): Promise<void> => make(resolve(folder), mode);

async function make(folder: string, mode?: number): Promise<void> {
  const missing = await attempt(folder, mode);
  if (missing === null) return;
  if (folder === dirname(folder)) throw missing;
  await make(dirname(folder), mode);
  const stillMissing = await attempt(folder, mode);
  if (stillMissing) throw stillMissing;
}

/** The error when the folder above is missing; null when the folder is there. */
async function attempt(folder: string, mode?: number): Promise<Error | null> {
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return error as Error;
    // Windows says EPERM of drives. What is there may be a link to a folder, or no folder: whoever uses it will see.
    if (code !== 'EEXIST' && !(code === 'EPERM' && folder === dirname(folder))) throw error;
  }
  return null;
}

export function notWritable(path: string, cause: unknown): LimnerError {
  const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
  return new LimnerError('NOT_WRITABLE', `Cannot write ${path} (${reason}).`, { cause });
}
