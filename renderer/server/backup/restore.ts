/** A backup into a renderer that has nothing yet. */
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { LimnerError } from '../../../models/errors.ts';
import { makeFolder } from '../../core/files/make-folder.ts';
import type { BackupOptions } from './back-up.ts';
import { checkBackup, FILES, type Manifest, ROWS, SIGNING } from './manifest.ts';
import { isEmpty, type Line, TABLES, versionOf, writeTables } from './tables.ts';

export interface RestoreReport {
  /** Pictures, styles and results. */
  readonly files: number;
  /** What became of the signing key: there was none in the backup, it was put in place, or another one is there already. */
  readonly key: 'none' | 'restored' | 'kept-other';
}

/**
 * Checks all of the backup before it writes anything; what was written is removed when the rest fails.
 * @throws BACKUP_DAMAGED, BACKUP_TOO_OLD, DATABASE_TOO_NEW, NOT_EMPTY, STORAGE_UNAVAILABLE
 */
export async function restore(folder: string, options: BackupOptions): Promise<RestoreReport> {
  const { database, storage, signing } = options;
  const manifest = await checkBackup(folder);
  checkVersion(manifest, await versionOf(database));
  if (!(await isEmpty(database)))
    throw new LimnerError('NOT_EMPTY', 'There is something in the database already.');
  const keys = manifest.files
    .filter(({ path }) => path.startsWith(`${FILES}/`))
    .map(({ path }) => path.slice(FILES.length + 1));
  try {
    for (const key of keys) await storage.put(key, await readFile(join(folder, FILES, key)));
    await writeTables(database, linesOf(join(folder, ROWS)));
  } catch (error) {
    for (const key of keys) await storage.delete(key).catch(() => undefined);
    throw error;
  }
  return { files: keys.length, key: signing ? await restoreKey(folder, manifest, signing) : 'none' };
}

function checkVersion({ migrations, version }: Manifest, ours: number): void {
  if (migrations > ours)
    throw new LimnerError(
      'DATABASE_TOO_NEW',
      `The backup was made by a newer version of Limner, ${version}.`,
    );
  if (migrations < ours)
    throw new LimnerError('BACKUP_TOO_OLD', `The backup was made by an older version of Limner, ${version}.`);
}

const lineSchema = z.object({ table: z.enum(TABLES), row: z.unknown() });

async function* linesOf(path: string): AsyncGenerator<Line> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) yield lineSchema.parse(JSON.parse(line));
}

async function restoreKey(
  folder: string,
  { files }: Manifest,
  signing: string,
): Promise<RestoreReport['key']> {
  const names = files.filter(({ path }) => path.startsWith(`${SIGNING}/`)).map(({ path }) => basename(path));
  if (names.length === 0) return 'none';
  if (existsSync(signing)) return (await isSame(folder, signing, names)) ? 'restored' : 'kept-other';
  await makeFolder(signing, 0o700);
  for (const name of names) await copyFile(join(folder, SIGNING, name), join(signing, name));
  return 'restored';
}

async function isSame(folder: string, signing: string, names: readonly string[]): Promise<boolean> {
  const read = (path: string) => readFile(path, 'utf8').catch(() => null);
  const pairs = names.map(async (name) => [
    await read(join(folder, SIGNING, name)),
    await read(join(signing, name)),
  ]);
  return (await Promise.all(pairs)).every(([theirs, ours]) => theirs === ours);
}
