/**
 * Tenants: groups of tokens that know nothing of each other's pictures, jobs, styles and consents. Each chooses ids as if it
 * were alone, so two may choose the same one: a key is an id as the tables and the queue have it, unlike all others.
 */
import { LimnerError } from '../../../models/errors.ts';
import type { TenantInfo } from '../../../protocol/renderer-api/index.ts';
import type { Queryable } from '../database/database.ts';

/** Whose everything is in a renderer without other tenants. Its keys are its ids. */
export const DEFAULT_TENANT = 'default';

/** The key of a job, or of a token, by the id that its tenant chose. No id and no name of a tenant has a slash. */
export const keyIn = (tenant: string, id: string): string =>
  tenant === DEFAULT_TENANT ? id : `${tenant}/${id}`;

/** The inverse of `keyIn`. */
export function parseKey(key: string): { tenant: string; id: string } {
  const slash = key.indexOf('/');
  if (slash < 0) return { tenant: DEFAULT_TENANT, id: key };
  return { tenant: key.slice(0, slash), id: key.slice(slash + 1) };
}

export const idOf = (key: string): string => parseKey(key).id;

/** By name. */
export async function listTenants(db: Queryable): Promise<TenantInfo[]> {
  const rows = await db.query<{ name: string; created_at: Date }>(
    'select name, created_at from limner.tenant order by name',
  );
  return rows.map(({ name, created_at }) => ({ name, createdAt: created_at.toISOString() }));
}

/** Makes a tenant unless there is one of that name. */
export async function setTenant(db: Queryable, name: string): Promise<TenantInfo> {
  const [{ created_at }] = await db.query<{ created_at: Date }>(
    `insert into limner.tenant (name) values ($1)
     on conflict (name) do update set name = excluded.name returning created_at`,
    [name],
  );
  return { name, createdAt: created_at.toISOString() };
}

/** @throws TENANT_NOT_FOUND */
export async function requireTenant(db: Queryable, name: string): Promise<void> {
  const found = await db.query('select 1 from limner.tenant where name = $1', [name]);
  if (found.length === 0) throw new LimnerError('TENANT_NOT_FOUND', `There is no tenant ${name}.`);
}
