/** What came of the attempts to call webhooks. */
import { LimnerError } from '../../../models/errors.ts';
import type { Delivery } from '../../../protocol/renderer-api/index.ts';
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
