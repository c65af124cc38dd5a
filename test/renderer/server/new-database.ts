/**
 * A new PGlite database takes seconds to make and is always the same, so one is made for all tests and copied. It is
 * made anew when the sources that make it, or the packages, have changed.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database } from '../../../renderer/server/database/database.ts';
import { openDatabase } from '../../../renderer/server/database/open-database.ts';
import { createQueues } from '../../../renderer/server/jobs/queue.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const kept = join(root, '.cache', 'test-database');

/** @param folder which will hold the database's own, as `limner serve --data` has it */
export async function openNewDatabase(folder: string): Promise<Database> {
  await copyNewDatabase(folder);
  return openDatabase({ folder, onError: () => undefined });
}

/** For a process that opens it itself. */
export async function copyNewDatabase(folder: string): Promise<void> {
  const model = join(kept, hashOfSources());
  if (!existsSync(model)) await makeModel(model);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await cp(join(model, 'database'), join(folder, 'database'), { recursive: true });
}

/** Several may make it at once; the first counts. */
async function makeModel(model: string): Promise<void> {
  await mkdir(kept, { recursive: true });
  const draft = await mkdtemp(join(kept, 'draft-'));
  const database = await openDatabase({ folder: draft, onError: () => undefined });
  await createQueues(database);
  await database.close();
  await rename(draft, model).catch(() => rm(draft, { recursive: true }));
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  const sources = globSync('renderer/server/{database/*,jobs/queue}.ts', { cwd: root }).sort();
  for (const path of [...sources, 'package-lock.json']) hash.update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 16);
}
