/**
 * Tenants: groups of tokens that know nothing of each other's pictures, jobs, styles and consents. Each chooses ids as if it
 * were alone, so two may choose the same one: a key is an id as the tables and the queue have it, unlike all others.
 */
import { LimnerError } from '../../../models/errors.ts';
import type { TenantInfo, TenantInput } from '../../../protocol/renderer-api/index.ts';
import type { Queryable } from '../database/database.ts';
import { BYTES_KEPT, USED_TODAY } from './quotas.ts';

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
  const rows = await db.query<{ name: string }>('select name from limner.tenant order by name');
  return Promise.all(rows.map(({ name }) => findTenant(db, name)));
}

async function findTenant(db: Queryable, tenant: string): Promise<TenantInfo> {
  const [{ createdAt, ...facts }] = await db.query<Omit<TenantInfo, 'createdAt'> & { createdAt: Date }>(
    `select name, created_at as "createdAt", weight, max_jobs as "maxJobs", max_bytes::float8 as "maxBytes",
       max_pixel_seconds as "maxPixelSeconds", ${BYTES_KEPT} as bytes, ${USED_TODAY} as "pixelSeconds",
       (select count(*)::int from limner.job
        where tenant = $1 and state in ('queued', 'running') and queue_id is not null) as jobs
     from limner.tenant where name = $1`,
    [tenant],
  );
  return { ...facts, createdAt: createdAt.toISOString() };
}

/** Makes a tenant unless there is one of that name. @param input what is not given stays as it is */
export async function setTenant(db: Queryable, name: string, input: TenantInput = {}): Promise<TenantInfo> {
  await db.query('insert into limner.tenant (name) values ($1) on conflict do nothing', [name]);
  for (const [key, column] of COLUMNS) {
    const value = input[key];
    if (value !== undefined)
      await db.query(`update limner.tenant set ${column} = $2 where name = $1`, [name, value]);
  }
  return findTenant(db, name);
}

const COLUMNS: readonly (readonly [keyof TenantInput, string])[] = [
  ['weight', 'weight'],
  ['maxJobs', 'max_jobs'],
  ['maxBytes', 'max_bytes'],
  ['maxPixelSeconds', 'max_pixel_seconds'],
];

/** @throws TENANT_NOT_FOUND */
export async function requireTenant(db: Queryable, name: string): Promise<void> {
  const found = await db.query('select 1 from limner.tenant where name = $1', [name]);
  if (found.length === 0) throw tenantNotFound(name);
}

export const tenantNotFound = (name: string): LimnerError =>
  new LimnerError('TENANT_NOT_FOUND', `There is no tenant ${name}.`);
