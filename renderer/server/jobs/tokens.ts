/** Bearer tokens. Only their hashes are kept: a token that was lost is replaced, not recovered. */
import { createHash, randomBytes } from 'node:crypto';
import { LimnerError } from '../../../models/errors.ts';
import { ROLES, type Role, type TokenInfo } from '../../../protocol/renderer-api/index.ts';
import type { Database } from '../database/database.ts';

/** The token made on first start. */
export const FIRST_TOKEN = 'default';

/** 256 random bits need no slow hash: there is nothing to guess. */
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/**
 * A new token under a name; an older one of that name is no longer valid.
 * @param roles null: those that the older one had, or all
 */
export async function rotateToken(
  database: Database,
  name: string,
  roles: readonly Role[] | null = null,
): Promise<string> {
  const token = `limner_${randomBytes(32).toString('base64url')}`;
  await setToken(database, name, token, roles);
  return token;
}

/** Makes a token valid that somebody else chose. @throws USAGE when it is short enough to guess */
export async function setToken(
  database: Database,
  name: string,
  token: string,
  roles: readonly Role[] | null = null,
): Promise<void> {
  if (token.length < 20) throw new LimnerError('USAGE', 'Expected at least 20 characters for a token.');
  await database.query(
    `insert into limner.token (name, hash, roles) values ($1, $2, coalesce($3::text[], $4))
     on conflict (name) do update set hash = excluded.hash, roles = coalesce($3::text[], token.roles), created_at = now()`,
    [name, hashOf(token), roles, ROLES],
  );
}

/** The first token, shown this once; null when there are tokens already. */
export async function firstToken(database: Database): Promise<string | null> {
  const [{ count }] = await database.query<{ count: number }>(
    'select count(*)::int as count from limner.token',
  );
  return count === 0 ? rotateToken(database, FIRST_TOKEN) : null;
}

export interface Bearer {
  /** Of the token. */
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Whose a token is; null when it is not valid. */
export async function findBearer(database: Database, token: string): Promise<Bearer | null> {
  const [row] = await database.query<Bearer>('select name, roles from limner.token where hash = $1', [
    hashOf(token),
  ]);
  return row ?? null;
}

export async function listTokens(database: Database): Promise<TokenInfo[]> {
  const rows = await database.query<Omit<TokenInfo, 'createdAt'> & { created_at: Date }>(
    'select name, roles, created_at from limner.token order by name',
  );
  return rows.map(({ created_at, ...token }) => ({ ...token, createdAt: created_at.toISOString() }));
}

/** @returns whether there was one of that name */
export async function revokeToken(database: Database, name: string): Promise<boolean> {
  const rows = await database.query('delete from limner.token where name = $1 returning 1', [name]);
  return rows.length > 0;
}
