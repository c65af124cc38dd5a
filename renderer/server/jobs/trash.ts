/**
 * Keys of the storage that nobody needs. They are written down before they are deleted, and before they are written in
 * the first place, so that a process killed at any moment leaves no picture behind that nobody knows of.
 */
import type { Database, Queryable } from '../database/database.ts';
import type { Storage } from '../storage/storage.ts';

/** Longest time (s) an upload to the storage takes. */
const UPLOAD_TIME = 3600;
/** Keys removed at once. */
const MOST_KEYS = 10_000;
/** Removals that fail one after another: then it is the storage that fails, and the others wait. */
const MOST_FAILURES = 10;

/**
 * Before a key is written: it is rubbish unless it is kept within `seconds`.
 * @param isPrefix of all keys that begin with `key/`
 */
export async function expectKey(
  db: Queryable,
  key: string,
  seconds = UPLOAD_TIME,
  isPrefix = false,
): Promise<void> {
  await db.query(
    'insert into limner.trash (key, due, is_prefix) values ($1, now() + make_interval(secs => $2), $3)',
    [key, seconds, isPrefix],
  );
}

/** Within the transaction in which a row comes to name the key. */
export async function keepKey(db: Queryable, key: string): Promise<void> {
  await db.query('delete from limner.trash where key = $1', [key]);
}

/** Within the transaction in which no row names the keys any more. */
export async function discardKeys(db: Queryable, keys: readonly string[]): Promise<void> {
  await db.query(
    'insert into limner.trash (key) select unnest($1::text[]) on conflict (key) do update set due = now()',
    [keys],
  );
}

interface TrashRow {
  key: string;
  is_prefix: boolean;
}

/** Removes what is due, or of that the keys given. What cannot be removed is tried again, later each time. */
export async function emptyTrash(
  database: Database,
  storage: Storage,
  keys: readonly string[] | null = null,
): Promise<void> {
  const due = await database.query<TrashRow>(
    `select key, is_prefix from limner.trash where due <= now() and ($1::text[] is null or key = any($1))
     order by due limit ${MOST_KEYS}`,
    [keys],
  );
  let failures = 0;
  for (const row of due) {
    failures = (await remove(database, storage, row)) ? 0 : failures + 1;
    if (failures === MOST_FAILURES) return;
  }
}

/** @returns whether it is gone */
async function remove(database: Database, storage: Storage, { key, is_prefix }: TrashRow): Promise<boolean> {
  try {
    await (is_prefix ? storage.deleteAll(key) : storage.delete(key));
  } catch (error) {
    const { code } = error as { code?: string };
    await database.query(
      `update limner.trash set attempts = attempts + 1, error = $2,
         due = now() + least(interval '1 hour', interval '10 seconds' * 2 ^ least(attempts, 10)) where key = $1`,
      [key, code ?? 'INTERNAL'],
    );
    return false;
  }
  await keepKey(database, key);
  return true;
}
