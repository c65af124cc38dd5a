/** Keeps a second process out of a data folder: PGlite does not, and two would destroy the database. */
import { closeSync, openSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { tryLock } from 'fs-native-extensions';
import { LimnerError } from '../../../models/errors.ts';

/** Folders that this process itself has locked: the lock of the system does not keep a process from itself everywhere. */
const held = new Set<string>();

/**
 * The lock is the system's, on a file in the folder: of any number that ask at once one has it, whatever the folder is
 * called, and it ends with the process, however that ends. @returns what gives the lock back
 * @throws DATA_IN_USE
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const path = join(await realpath(folder), 'folder.lock');
  const file = held.has(path) ? null : lock(path);
  if (file === null) throw new LimnerError('DATA_IN_USE', `Another renderer has the folder ${folder} open.`);
  held.add(path);
  return () => {
    held.delete(path);
    closeSync(file);
  };
}

/**
 * Null when another has it. The file stays: without it two could lock two files of one name. It is a bare descriptor,
 * because a FileHandle that nobody refers to is closed, and the lock with it.
 */
function lock(path: string): number | null {
  const file = openSync(path, 'a', 0o600);
  if (tryLock(file)) return file;
  closeSync(file);
  return null;
}
