/** What came of the attempts to call webhooks. */
import { LimnerError } from '../../../models/errors.ts';
import type {
  Delivery,
  DeliveryLog,
  DeliveryLogQuery,
  LoggedDelivery,
} from '../../../protocol/renderer-api/index.ts';
import type { Database } from '../database/database.ts';
import { announce } from './run-state.ts';
import { idOf } from './tenants.ts';

/** Shown of one job. */
const MOST_SHOWN = 100;

/** The latest first. */
export async function deliveriesOf(database: Database, job: string): Promise<Delivery[]> {
  const rows = await database.query<{ at: Date; status: number | null; error: string | null }>(
    `select at, status, error from limner.delivery where job = $1 order by id desc limit ${MOST_SHOWN}`,
    [job],
  );
  return rows.map(({ at, ...outcome }) => ({ at: at.toISOString(), ...outcome }));
}

/** Of all jobs of a tenant, the latest first. */
export async function deliveryLog(
  database: Database,
  tenant: string,
  { outcome, limit, before }: DeliveryLogQuery,
): Promise<DeliveryLog> {
  const rows = await database.query<Omit<LoggedDelivery, 'at' | 'host'> & { at: Date; url: string }>(
    `select delivery.id::float8 as id, job, at, delivery.status, delivery.error, request->'webhook'->>'url' as url
     from limner.delivery join limner.job on job.id = delivery.job
     where tenant = $1 and ($2::bigint is null or delivery.id < $2)
       and ($3 = 'any' or delivery.status is null or delivery.status not between 200 and 299)
     order by delivery.id desc limit $4`,
    [tenant, before ?? null, outcome, limit + 1],
  );
  const deliveries = rows.slice(0, limit).map(({ at, job, url, ...attempt }) => ({
    ...attempt,
    job: idOf(job),
    at: at.toISOString(),
    host: new URL(url).host,
  }));
  return { deliveries, next: rows.length > limit ? deliveries[limit - 1].id : null };
}

/** @throws JOB_NOT_FOUND, JOB_NOT_ENDED */
export function redeliver(database: Database, job: string): Promise<void> {
  return database.transaction(async (tx) => {
    const [found] = await tx.query<{ ended: boolean }>(
      `update limner.job set is_announced = is_announced and not limner.has_ended(state)
       where id = $1 returning limner.has_ended(state) as ended`,
      [job],
    );
    if (!found) throw new LimnerError('JOB_NOT_FOUND', `There is no job ${idOf(job)}.`);
    if (!found.ended) throw new LimnerError('JOB_NOT_ENDED', `The job ${idOf(job)} has not ended.`);
    await announce(database, tx, [job]);
  });
}
