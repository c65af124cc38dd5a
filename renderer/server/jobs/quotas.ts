/** What a tenant may use at most: jobs that wait or run, bytes kept, and pixels times seconds of work a day. */
import { LimnerError } from '../../../models/errors.ts';
import type { Quotas } from '../../../protocol/renderer-api/index.ts';
import type { Queryable, Transaction } from '../database/database.ts';

/** Bytes of pictures, styles and results of the tenant $1. */
export const BYTES_KEPT = `(select coalesce(sum(bytes), 0)::float8 from (
  select bytes from limner.picture where tenant = $1
  union all select bytes from limner.style where tenant = $1
  union all select (result->>'bytes')::bigint from limner.job
    where tenant = $1 and result is not null and result->>'type' = 'picture') as kept)`;
/** Pixels times seconds that attempts of the tenant $1 which ended today (UTC) have taken. */
export const USED_TODAY = `coalesce((select pixel_seconds from limner.usage
  where tenant = $1 and day = (now() at time zone 'utc')::date), 0)`;

/** Whether anything is limited for a tenant; null where there is none. @param tenant SQL */
export const hasQuotas = (tenant: string): string =>
  `(select num_nonnulls(max_jobs, max_bytes, max_pixel_seconds) > 0 from limner.tenant where name = ${tenant})`;

/**
 * Within the transaction in which jobs come into being, after they are in the table.
 * @throws QUEUE_FULL, QUOTA_EXCEEDED
 */
export async function checkJobQuotas(tx: Transaction, tenant: string): Promise<void> {
  const { maxJobs, maxBytes, maxPixelSeconds } = await lockQuotas(tx, tenant);
  if (maxJobs !== null) {
    const [{ count }] = await tx.query<{ count: number }>(
      `select count(*)::int as count from limner.job
       where tenant = $1 and state in ('queued', 'running') and queue_id is not null`,
      [tenant],
    );
    if (count > maxJobs)
      throw new LimnerError(
        'QUEUE_FULL',
        `${count} jobs of this tenant would wait or run, of at most ${maxJobs}.`,
      );
  }
  if (maxPixelSeconds !== null) {
    const [{ used, left }] = await tx.query<{ used: number; left: number }>(
      `select ${USED_TODAY} as used, extract(epoch from date_trunc('day', now() at time zone 'utc')
         + interval '1 day' - now() at time zone 'utc')::float8 as left`,
      [tenant],
    );
    if (used >= maxPixelSeconds)
      throw exceeded(
        `used ${Math.round(used)} of ${maxPixelSeconds} pixel seconds of today (UTC)`,
        Math.ceil(left),
      );
  }
  // A result has no size yet: what is full makes no more.
  if (maxBytes !== null) await checkBytes(tx, tenant, maxBytes, 1);
}

/** Within the transaction in which a file is kept, before it is in the table. @throws QUOTA_EXCEEDED */
export async function checkByteQuota(tx: Transaction, tenant: string, bytes: number): Promise<void> {
  const { maxBytes } = await lockQuotas(tx, tenant);
  if (maxBytes !== null) await checkBytes(tx, tenant, maxBytes, bytes);
}

async function checkBytes(db: Queryable, tenant: string, most: number, added: number): Promise<void> {
  const [{ kept }] = await db.query<{ kept: number }>(`select ${BYTES_KEPT} as kept`, [tenant]);
  if (kept + added > most)
    throw exceeded(`keeps ${kept} of ${most} bytes, and ${added} more are too many`, FULL_FOR);
}

/** Seconds after which retention or somebody who deletes may have made room. */
const FULL_FOR = 600;

const exceeded = (how: string, retryAfter: number) =>
  new LimnerError('QUOTA_EXCEEDED', `This tenant ${how}.`, { retryAfter });

/** Two that ask at once take turns where there is something to exceed. */
async function lockQuotas(tx: Transaction, tenant: string): Promise<Quotas> {
  const [row] = await tx.query<Quotas>(
    `select max_jobs as "maxJobs", max_bytes::float8 as "maxBytes", max_pixel_seconds as "maxPixelSeconds"
     from limner.tenant where name = $1 and num_nonnulls(max_jobs, max_bytes, max_pixel_seconds) > 0
     for no key update`,
    [tenant],
  );
  return row ?? { maxJobs: null, maxBytes: null, maxPixelSeconds: null };
}
