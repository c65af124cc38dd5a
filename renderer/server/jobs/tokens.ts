/** Bearer tokens. Only their hashes are kept: a token that was lost is replaced, not recovered. */
import { createHash, randomBytes } from 'node:crypto';
import { LimnerError } from '../../../models/errors.ts';
import { ROLES, type Role, TENANT_ROLES, type TokenInfo } from '../../../protocol/renderer-api/index.ts';
import type { Database } from '../database/database.ts';
import { DEFAULT_TENANT, requireTenant } from './tenants.ts';

/** The token made on first start. */
export const FIRST_TOKEN = 'default';

/** 256 random bits need no slow hash: there is nothing to guess. */
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

export interface TokenSettings {
  /** `default` unless given. */
  readonly tenant?: string;
  /** Unless given those that an older one of that name had, or all. */
  readonly roles?: readonly Role[];
  /** Unless given that of an older one, or 1. */
  readonly weight?: number;
}

/**
 * A new token under a name; an older one of that name and tenant is no longer valid.
 * @param settings roles: unless given those that the older one had, or all within the tenant
 * @throws TENANT_NOT_FOUND
 */
export async function rotateToken(
  database: Database,
  name: string,
  { tenant = DEFAULT_TENANT, roles, weight }: TokenSettings = {},
): Promise<string> {
  const token = `limner_${randomBytes(32).toString('base64url')}`;
  await requireTenant(database, tenant);
  await keepToken(database, name, token, { tenant, roles, weight, otherwise: TENANT_ROLES });
  return token;
}

/** Makes an operator's token valid that somebody else chose. @throws USAGE when it is short enough to guess */
export async function setToken(database: Database, name: string, token: string): Promise<void> {
  if (token.length < 20) throw new LimnerError('USAGE', 'Expected at least 20 characters for a token.');
  await keepToken(database, name, token, { tenant: DEFAULT_TENANT, otherwise: ROLES });
}

async function keepToken(
  database: Database,
  name: string,
  token: string,
  { tenant, roles, weight, otherwise }: TokenSettings & { readonly otherwise: readonly Role[] },
): Promise<void> {
  await database.query(
    `insert into limner.token (tenant, name, hash, roles, weight) values ($5, $1, $2, coalesce($3::text[], $4), coalesce($6::float8, 1))
     on conflict (tenant, name) do update set hash = excluded.hash, roles = coalesce($3::text[], token.roles),
       weight = coalesce($6::float8, token.weight), created_at = now()`,
    [name, hashOf(token), roles ?? null, otherwise, tenant, weight ?? null],
  );
}

/** The first token, shown this once; null when there are tokens already. */
export async function firstToken(database: Database): Promise<string | null> {
  const [{ count }] = await database.query<{ count: number }>(
    'select count(*)::int as count from limner.token',
  );
  return count === 0 ? rotateToken(database, FIRST_TOKEN, { roles: ROLES }) : null;
}

export interface Bearer {
  /** Of the token. */
  readonly name: string;
  readonly tenant: string;
  readonly roles: readonly Role[];
}

/** Whose a token is; null when it is not valid. */
export async function findBearer(database: Database, token: string): Promise<Bearer | null> {
  const [row] = await database.query<Bearer>('select name, tenant, roles from limner.token where hash = $1', [
    hashOf(token),
  ]);
  return row ?? null;
}

export async function listTokens(database: Database, tenant = DEFAULT_TENANT): Promise<TokenInfo[]> {
  const rows = await database.query<Omit<TokenInfo, 'createdAt'> & { created_at: Date }>(
    'select name, roles, weight, created_at from limner.token where tenant = $1 order by name',
    [tenant],
  );
  return rows.map(({ created_at, ...token }) => ({ ...token, createdAt: created_at.toISOString() }));
}

/** Whether there is a token of that name that may do everything. */
export async function isOperator(database: Database, name: string, tenant: string): Promise<boolean> {
  const found = await database.query(
    "select 1 from limner.token where name = $1 and tenant = $2 and 'operator' = any (roles)",
    [name, tenant],
  );
  return found.length > 0;
}

/** @returns whether there was one of that name */
export async function revokeToken(
  database: Database,
  name: string,
  tenant = DEFAULT_TENANT,
): Promise<boolean> {
  const rows = await database.query('delete from limner.token where name = $1 and tenant = $2 returning 1', [
    name,
    tenant,
  ]);
  return rows.length > 0;
}
