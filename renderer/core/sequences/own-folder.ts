/** Folders that a run fills and empties: what somebody else has put there is never removed. */
import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';

/** Pictures of a series, and what file managers leave beside pictures. */
export const SERIES = /^(\d{6,}\.png|\.DS_Store|Thumbs\.db|desktop\.ini)$/;

/** @throws NOT_EMPTY where a folder has something else in it */
export async function refuseOthers(folder: string, own: RegExp): Promise<void> {
  const other = (await namesIn(folder)).find((name) => !own.test(name));
  if (other === undefined) return;
  throw new LimnerError('NOT_EMPTY', `${folder} has something else in it: ${other}.`, {
    hint: 'Name a new folder with --out, or empty this one.',
  });
}

/** Removes what is one's own, and the folder where nothing else is in it. */
export async function removeOwn(folder: string, own: RegExp): Promise<void> {
  const names = await namesIn(folder);
  for (const name of names) if (own.test(name)) await rm(join(folder, name), { force: true });
  if (names.every((name) => own.test(name))) await rmdir(folder).catch(ignoreMissing);
}

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((cause) => {
    ignoreMissing(cause);
    return [];
  });

function ignoreMissing(cause: NodeJS.ErrnoException): void {
  if (cause.code !== 'ENOENT') throw cause;
}
