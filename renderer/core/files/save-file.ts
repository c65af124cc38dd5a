/** Files that are either whole or not there. */
import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';

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

/** Removes what a process killed while it saved one of these files left beside it. */
export async function removeLeftovers(paths: readonly string[]): Promise<void> {
  const wanted = new Set(paths.map((path) => resolve(path)));
  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    for (const name of await readdir(folder).catch(() => [])) {
      const [, file] = /^\.(.+)\.[0-9a-f-]{36}\.part$/.exec(name) ?? [];
      if (file && wanted.has(resolve(folder, file))) await rm(join(folder, name), { force: true });
    }
  }
}

/** Tries to write beside `path`, or in the nearest folder above it that exists. @throws NOT_WRITABLE */
export async function checkWritable(path: string): Promise<void> {
  const temporary = temporaryName(join(await nearestFolder(dirname(resolve(path))), 'limner'));
  try {
    await writeFlushed(temporary, new Uint8Array());
    await rm(temporary, { force: true });
  } catch (cause) {
    throw notWritable(path, cause);
  }
}

async function nearestFolder(folder: string): Promise<string> {
  const exists = await access(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  return exists || folder === dirname(folder) ? folder : nearestFolder(dirname(folder));
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
