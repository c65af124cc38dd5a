/**
 * What attempts at a long job keep in the storage, so that the next one goes on from there. Each attempt has a prefix of
 * its own, which is in the trash from the start: what nobody removes, because whoever wrote it was killed, goes when it is
 * due. When a job ends or is deleted, all of it goes at once.
 */
import { randomUUID } from 'node:crypto';
import type { Database, Queryable } from '../database/database.ts';
import type { Storage } from '../storage/storage.ts';
import { discardKeys, emptyTrash, expectKey } from './trash.ts';

/** Where an attempt keeps what it has done, and where earlier attempts did, the latest first. */
export interface KeptWork {
  readonly key: string;
  readonly earlier: readonly string[];
}

const FOLDER = 'kept';

/** Before an attempt keeps anything. @param seconds that it may take */
export async function beginKeeping(db: Queryable, job: string, seconds: number): Promise<KeptWork> {
  const earlier = await db.query<{ key: string }>(
    'select key from limner.trash where is_prefix and starts_with(key, $1) order by due desc',
    [`${FOLDER}/${job}/`],
  );
  const key = `${FOLDER}/${job}/${randomUUID()}`;
  await expectKey(db, key, seconds, true);
  return { key, earlier: earlier.map((row) => row.key) };
}

/**
 * Within the transaction in which jobs end. The attempts' own keys stay in the trash for one that still writes.
 * @returns what is in the trash now
 */
export async function discardKept(db: Queryable, jobs: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ key: string }>(
    `insert into limner.trash (key, is_prefix)
     select '${FOLDER}/' || job, true from unnest($1::text[]) as job
     where exists (select 1 from limner.trash where starts_with(key, '${FOLDER}/' || job || '/'))
     on conflict (key) do update set due = now() returning key`,
    [jobs],
  );
  return rows.map(({ key }) => key);
}

/** Once an attempt writes no more: removes what it has kept, unless its job goes on. */
export async function endKeeping(
  database: Database,
  storage: Storage,
  job: string,
  { key }: KeptWork,
): Promise<void> {
  const [goesOn] = await database.query(
    'select 1 from limner.job where id = $1 and not limner.has_ended(state)',
    [job],
  );
  if (goesOn) return;
  await discardKeys(database, [key]);
  await emptyTrash(database, storage, [key, ...(await discardKept(database, [job]))]);
}
