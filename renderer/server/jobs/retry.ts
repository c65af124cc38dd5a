/** Jobs that failed or were cancelled, queued anew by somebody's decision. */
import { LimnerError } from '../../../models/errors.ts';
import { type Job, MOST_PORTRAITS } from '../../../protocol/renderer-api/index.ts';
import type { Database, Transaction } from '../database/database.ts';
import type { JobRow } from './job-row.ts';
import { findJob } from './job-store.ts';
import { queueJobs } from './queue.ts';
import { checkJobQuotas } from './quotas.ts';
import { idOf } from './tenants.ts';
import { priorityOf, takeTurns } from './turns.ts';
import { deadlineMissed } from './urgency.ts';

type Retried = Pick<JobRow, 'id' | 'tenant' | 'parent' | 'request' | 'state' | 'deadline'> & {
  token: string;
};

/**
 * Of a batch, all of its jobs that did not succeed. They get new turns; what was told of their ends is forgotten.
 * @throws JOB_NOT_FOUND, JOB_NOT_ENDED, NOTHING_TO_RETRY, DEADLINE_MISSED, QUEUE_FULL, QUOTA_EXCEEDED
 */
export async function retryJob(database: Database, key: string): Promise<Job> {
  await database.transaction((tx) => retryInside(database, tx, key));
  return findJob(database, key);
}

async function retryInside(database: Database, tx: Transaction, key: string): Promise<void> {
  const [asked] = await tx.query<Retried & { ended: boolean }>(
    'select *, limner.has_ended(state) as ended from limner.job where id = $1 for update',
    [key],
  );
  if (!asked) throw new LimnerError('JOB_NOT_FOUND', `There is no job ${idOf(key)}.`);
  if (!asked.ended) throw new LimnerError('JOB_NOT_ENDED', `The job ${idOf(key)} has not ended.`);
  const jobs = await tx.query<Retried>(
    `select * from limner.job where (id = $1 or parent = $1) and queue_id is not null
       and state in ('failed', 'cancelled') order by turn limit ${MOST_PORTRAITS} for update`,
    [key],
  );
  if (jobs.length === 0) throw new LimnerError('NOTHING_TO_RETRY', `The job ${idOf(key)} has succeeded.`);
  if (jobs.some(({ deadline }) => deadline && deadline.getTime() <= Date.now())) throw deadlineMissed();
  const queued = await queue(tx, jobs);
  await followParents(tx, jobs);
  await checkJobQuotas(tx, asked.tenant);
  await queueJobs(database, tx, queued);
}

async function queue(tx: Transaction, jobs: readonly Retried[]) {
  const [{ request, parent }] = jobs;
  const { first, step } = await takeTurns(tx, jobs[0], request, jobs.length);
  const turns = jobs.map(({ id }, i) => {
    const turn = first + step * i;
    return { id, turn, priority: priorityOf(turn, request, parent !== null) };
  });
  await tx.query('delete from limner.event where job = any($1) and limner.has_ended(type)', [
    [...jobs.map(({ id }) => id), ...(parent ? [parent] : [])],
  ]);
  return tx.query<{ id: string; queue_id: string; priority: number }>(
    `update limner.job set state = 'queued', percent = 0, error = null, ended_at = null, losses = 0,
       is_announced = false, queue_id = gen_random_uuid(), turn = given.turn, priority = given.priority
     from jsonb_to_recordset($1::jsonb) as given(id text, turn float8, priority int) where job.id = given.id
     returning job.id, job.queue_id, job.priority`,
    [JSON.stringify(turns)],
  );
}

/** Their batches go on: the end of a child counts itself, its beginning does not. */
async function followParents(tx: Transaction, jobs: readonly Retried[]): Promise<void> {
  const parents = [...new Set(jobs.flatMap(({ parent }) => parent ?? []))];
  await tx.query(
    `update limner.job set state = 'running', error = null, ended_at = null, is_announced = false,
       percent = 100.0 * (succeeded + failed + cancelled) / (children->>'total')::int,
       children = children || jsonb_build_object('succeeded', succeeded, 'failed', failed, 'cancelled', cancelled)
     from (select parent, (count(*) filter (where state = 'succeeded'))::int as succeeded,
         (count(*) filter (where state = 'failed'))::int as failed,
         (count(*) filter (where state = 'cancelled'))::int as cancelled
       from limner.job where parent = any($1) group by parent) as counted
     where id = counted.parent`,
    [parents],
  );
}
