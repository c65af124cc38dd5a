/** Files that are either whole or not there. */
import { createHash, randomBytes } from 'node:crypto';
import { access, lstat, open, readdir, readlink, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolder, notWritable } from './make-folder.ts';
import { PIPE, writeStandardOutput } from './standard-streams.ts';

/**
 * Writes a file through a temporary neighbour, flushed and renamed; a link is followed, also where nothing is yet, missing
 * folders are made. `-` is standard output.
 * @throws NOT_WRITABLE, with nothing left behind; CANCELLED when aborted before the rename
 */
export async function saveFile(path: string, bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
  if (path === PIPE) return writeStandardOutput(bytes);
  const target = await followLinks(path);
  const temporary = temporaryName(target);
  try {
    await makeFolder(dirname(target));
    await writeFlushed(temporary, bytes);
    signal?.throwIfAborted();
    await rename(temporary, target);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (signal?.aborted) throw signal.reason;
    throw notWritable(path, cause);
  }
}

/** Links followed one after another before they count as a loop, as Linux has it. */
const MOST_LINKS = 40;

/** Where a link leads, whether anything is there or not. @throws NOT_WRITABLE for a loop */
export async function followLinks(path: string, left = MOST_LINKS): Promise<string> {
  const real = await realpath(path).catch(() => null);
  if (real !== null) return real;
  const next = await readlink(path).catch(() => null);
  if (next === null) return path;
  if (left === 0) throw notWritable(path, { code: 'ELOOP' });
  return followLinks(resolve(dirname(path), next), left - 1);
}

/** Removes what a process killed while it saved one of these files left beside it. */
export async function removeLeftovers(paths: readonly string[]): Promise<void> {
  const marks = new Set(paths.map((path) => join(resolve(dirname(path)), markOf(path))));
  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    for (const name of await readdir(folder).catch(() => [])) {
      const [, mark] = /^(\.limner-[0-9a-f]{8}-)[0-9a-f]{12}\.part$/.exec(name) ?? [];
      if (mark && marks.has(join(resolve(folder), mark))) await rm(join(folder, name), { force: true });
    }
  }
}

/** Tries to write beside `path`, or in the nearest folder above it that exists. @throws NOT_WRITABLE */
export async function checkWritable(path: string): Promise<void> {
  if (path === PIPE) return;
  const target = await followLinks(path);
  const temporary = temporaryName(join(await nearestFolder(dirname(resolve(target))), 'limner'));
  try {
    await checkName(target);
    await writeFlushed(temporary, new Uint8Array());
    await rm(temporary, { force: true });
  } catch (cause) {
    throw notWritable(path, cause);
  }
}

/** A name that is too long, or that of a folder, is known before the work begins. */
async function checkName(path: string): Promise<void> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENAMETOOLONG') throw error;
    return null;
  });
  if (found?.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
}

async function nearestFolder(folder: string): Promise<string> {
  const exists = await access(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  return exists || folder === dirname(folder) ? folder : nearestFolder(dirname(folder));
}

/** Short whatever the name of the file, and telling whose it is. */
const temporaryName = (path: string) =>
  join(dirname(path), `${markOf(path)}${randomBytes(6).toString('hex')}.part`);

const markOf = (path: string) =>
  `.limner-${createHash('sha256').update(basename(path)).digest('hex').slice(0, 8)}-`;

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
