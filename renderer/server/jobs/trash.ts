/**
 * Keys of the storage that nobody needs. They are written down before they are deleted, and before they are written in
 * the first place, so that a process killed at any moment leaves no picture behind that nobody knows of.
 */
import type { Database, Queryable } from '../database/database.ts';
import type { Storage } from '../storage/storage.ts';

/** Longest time an upload to the storage takes. */
const UPLOAD_TIME = '1 hour';

/** Before a key is written: it is rubbish unless it is kept within the hour. */
export async function expectKey(db: Queryable, key: string): Promise<void> {
  await db.query(`insert into limner.trash (key, due) values ($1, now() + interval '${UPLOAD_TIME}')`, [key]);
}

/** Within the transaction in which a row comes to name the key. */
export async function keepKey(db: Queryable, key: string): Promise<void> {
  await db.query('delete from limner.trash where key = $1', [key]);
}

/** Within the transaction in which no row names the key any more. */
export async function discardKey(db: Queryable, key: string): Promise<void> {
  await db.query('insert into limner.trash (key) values ($1) on conflict (key) do update set due = now()', [
    key,
  ]);
}

/** Deletes what is due. @throws STORAGE_UNAVAILABLE; what was not deleted is tried again next time */
export async function emptyTrash(database: Database, storage: Storage): Promise<void> {
  const due = await database.query<{ key: string; is_prefix: boolean }>(
    'select key, is_prefix from limner.trash where due <= now() order by due limit 10000',
  );
  for (const { key, is_prefix } of due) {
    await (is_prefix ? storage.deleteAll(key) : storage.delete(key));
    await database.query('delete from limner.trash where key = $1', [key]);
  }
}
