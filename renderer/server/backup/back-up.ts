/** Everything that a renderer keeps, as files in a folder. */
import { createWriteStream } from 'node:fs';
import { chmod, copyFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';
import { makeFolder, notWritable } from '../../core/files/make-folder.ts';
import { VERSION } from '../../core/version.ts';
import type { Database } from '../database/database.ts';
import type { Storage } from '../storage/storage.ts';
import { FILES, hashOf, MANIFEST, type Manifest, ROWS, SIGNING } from './manifest.ts';
import { type Line, readTables, versionOf } from './tables.ts';

export interface BackupOptions {
  readonly database: Database;
  readonly storage: Storage;
  /** Folder of the signing key; null leaves it out. */
  readonly signing: string | null;
}

export interface BackupReport {
  readonly rows: number;
  /** Pictures, styles and results. */
  readonly files: number;
  /** Keys under which the storage had nothing. */
  readonly missing: readonly string[];
  readonly hasKey: boolean;
}

/** @param folder appears whole, or not at all @throws NOT_EMPTY, NOT_WRITABLE, STORAGE_UNAVAILABLE */
export async function backUp(folder: string, options: BackupOptions): Promise<BackupReport> {
  const there = await readdir(folder).catch(() => []);
  if (there.length > 0) throw new LimnerError('NOT_EMPTY', `There is something in ${folder} already.`);
  const part = `${folder}.part`;
  try {
    await rm(part, { recursive: true, force: true });
    await makeFolder(part, 0o700);
    const report = await write(part, options);
    await rm(folder, { recursive: true, force: true });
    await rename(part, folder);
    return report;
  } catch (cause) {
    await rm(part, { recursive: true, force: true });
    if (cause instanceof LimnerError || !(cause as NodeJS.ErrnoException).syscall) throw cause;
    throw notWritable(folder, cause);
  }
}

async function write(folder: string, { database, storage, signing }: BackupOptions): Promise<BackupReport> {
  const { rows, keys } = await writeRows(join(folder, ROWS), database);
  const missing: string[] = [];
  const paths = [ROWS];
  for (const key of keys) {
    const bytes = await storage.get(key).catch((error: unknown) => {
      if (error instanceof LimnerError && error.code === 'PICTURE_GONE') return null;
      throw error;
    });
    if (!bytes) {
      missing.push(key);
      continue;
    }
    const path = `${FILES}/${key}`;
    await makeFolder(dirname(join(folder, path)), 0o700);
    await writeFile(join(folder, path), bytes, { mode: 0o600 });
    paths.push(path);
  }
  const signingPaths = signing ? await copySigning(signing, folder) : [];
  const files = await Promise.all(
    [...paths, ...signingPaths].map(async (path) => ({ path, sha256: await hashOf(join(folder, path)) })),
  );
  const manifest: Manifest = {
    format: 1,
    version: VERSION,
    createdAt: new Date().toISOString(),
    migrations: await versionOf(database),
    files,
  };
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 });
  return { rows, files: paths.length - 1, missing, hasKey: signingPaths.length > 0 };
}

/** Columns that hold keys of the storage. */
const KEYS = { picture: 'key', style: 'key', job: 'result_key' } as const;

async function writeRows(path: string, database: Database): Promise<{ rows: number; keys: string[] }> {
  const stream = createWriteStream(path, { mode: 0o600 });
  const keys: string[] = [];
  let rows = 0;
  await readTables(database, async (lines) => {
    keys.push(...lines.flatMap(keyOf));
    rows += lines.length;
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    await new Promise<void>((resolve, reject) => {
      stream.write(text, (error) => (error ? reject(error) : resolve()));
    });
  });
  await new Promise<void>((resolve, reject) => {
    stream.once('error', reject).end(resolve);
  });
  return { rows, keys };
}

function keyOf({ table, row }: Line): string[] {
  const column = Object.entries(KEYS).find(([name]) => name === table)?.[1];
  const key = column && new Map(Object.entries(row as object)).get(column);
  return typeof key === 'string' ? [key] : [];
}

async function copySigning(from: string, folder: string): Promise<string[]> {
  const names = (await readdir(from).catch(() => [])).filter((name) => name.endsWith('.pem'));
  if (names.length > 0) await makeFolder(join(folder, SIGNING), 0o700);
  for (const name of names) {
    await copyFile(join(from, name), join(folder, SIGNING, name));
    await chmod(join(folder, SIGNING, name), 0o600);
  }
  return names.map((name) => `${SIGNING}/${name}`);
}
