/** Jobs and the queue of pg-boss are two tables: what one of them lost is found in the other. */
import type { Database } from '../database/database.ts';
import { QUEUE_SCHEMA } from '../database/database.ts';
import { JOB_QUEUE } from './queue.ts';
import { returnJobs } from './run-state.ts';

/**
 * Gives jobs back to the queue that a killed process worked on. Only where no other process can be working, which PGlite
 * guarantees; elsewhere the heartbeat finds them.
 */
export function returnOrphans(database: Database): Promise<void> {
  if (database.kind !== 'pglite') return Promise.resolve();
  return database.transaction(async (tx) => {
    const orphans = await tx.query<{ id: string }>(
      `select id from limner.job where state = 'running' and queue_id is not null`,
    );
    await returnJobs(
      database,
      tx,
      orphans.map(({ id }) => id),
    );
  });
}

/** Queues anew what says that it is queued but is not: nobody would ever work on it. */
export function reconcile(database: Database): Promise<void> {
  return database.transaction(async (tx) => {
    const forgotten = await tx.query<{ id: string }>(
      `select id from limner.job where state = 'queued' and queue_id is not null and not exists (
         select 1 from ${QUEUE_SCHEMA}.job as queued
         where queued.name = '${JOB_QUEUE}' and queued.id = job.queue_id
           and queued.state in ('created', 'retry', 'active'))
       limit 1000 for update of job skip locked`,
    );
    await returnJobs(
      database,
      tx,
      forgotten.map(({ id }) => id),
    );
  });
}
