/** Files that are either whole or not there. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LimnerError } from '../../models/errors.ts';

/**
 * Writes a file through a temporary neighbour, flushed and renamed; a link is followed, missing folders are made.
 * @throws NOT_WRITABLE, with nothing left behind; CANCELLED when aborted before the rename
 */
export async function saveFile(path: string, bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const temporary = temporaryName(target);
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFlushed(temporary, bytes);
    signal?.throwIfAborted();
    await rename(temporary, target);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (signal?.aborted) throw signal.reason;
    throw notWritable(path, cause);
  }
}

/** Tries to write beside `path`, or in the nearest folder above it that exists. @throws NOT_WRITABLE */
export async function checkWritable(path: string): Promise<void> {
  let folder = dirname(path);
  for (;;) {
    const temporary = temporaryName(join(folder, 'limner'));
    try {
      await writeFlushed(temporary, new Uint8Array());
      return await rm(temporary, { force: true });
    } catch (cause) {
      const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
      if (!missing || folder === dirname(folder)) throw notWritable(path, cause);
      folder = dirname(folder);
    }
  }
}

const temporaryName = (path: string) => join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function notWritable(path: string, cause: unknown): LimnerError {
  const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
  return new LimnerError('NOT_WRITABLE', `Cannot write ${path} (${reason}).`, { cause });
}
