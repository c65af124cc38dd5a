/** Bearer tokens. Only their hashes are kept: a token that was lost is replaced, not recovered. */
import { createHash, randomBytes } from 'node:crypto';
import { LimnerError } from '../../../models/errors.ts';
import type { Database } from '../database/database.ts';

/** The token made on first start. */
export const FIRST_TOKEN = 'default';

/** 256 random bits need no slow hash: there is nothing to guess. */
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** A new token under a name; an older one of that name is no longer valid. */
export async function rotateToken(database: Database, name: string): Promise<string> {
  const token = `limner_${randomBytes(32).toString('base64url')}`;
  await setToken(database, name, token);
  return token;
}

/** Makes a token valid that somebody else chose. @throws USAGE when it is short enough to guess */
export async function setToken(database: Database, name: string, token: string): Promise<void> {
  if (token.length < 20) throw new LimnerError('USAGE', 'Expected at least 20 characters for a token.');
  await database.query(
    `insert into limner.token (name, hash) values ($1, $2)
     on conflict (name) do update set hash = excluded.hash, created_at = now()`,
    [name, hashOf(token)],
  );
}

/** The first token, shown this once; null when there are tokens already. */
export async function firstToken(database: Database): Promise<string | null> {
  const [{ count }] = await database.query<{ count: number }>(
    'select count(*)::int as count from limner.token',
  );
  return count === 0 ? rotateToken(database, FIRST_TOKEN) : null;
}

/** The name of a valid token, else null. */
export async function nameOfToken(database: Database, token: string): Promise<string | null> {
  const [row] = await database.query<{ name: string }>('select name from limner.token where hash = $1', [
    hashOf(token),
  ]);
  return row?.name ?? null;
}

export async function listTokens(database: Database): Promise<{ name: string; createdAt: string }[]> {
  const rows = await database.query<{ name: string; created_at: Date }>(
    'select name, created_at from limner.token order by name',
  );
  return rows.map(({ name, created_at }) => ({ name, createdAt: created_at.toISOString() }));
}

/** @returns whether there was one of that name */
export async function revokeToken(database: Database, name: string): Promise<boolean> {
  const rows = await database.query('delete from limner.token where name = $1 returning 1', [name]);
  return rows.length > 0;
}
