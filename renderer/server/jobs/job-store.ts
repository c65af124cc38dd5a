/** Jobs as clients see them: found, listed, cancelled, deleted, and what happened to them. */
import { LimnerError } from '../../../models/errors.ts';
import type { Job, JobEvent, JobList, JobListQuery } from '../../../protocol/renderer-api/index.ts';
import type { Database, Transaction } from '../database/database.ts';
import { type EventRow, eventOf, type JobRow, jobOf, SELECT_JOB, SELECT_JOBS } from './job-row.ts';
import { JOB_QUEUE } from './queue.ts';
import { announce } from './run-state.ts';

/** @throws JOB_NOT_FOUND */
export async function findJob(database: Database, id: string): Promise<Job> {
  return jobOf(await findJobRow(database, id));
}

/** @throws JOB_NOT_FOUND */
export async function findJobRow(database: Database, id: string): Promise<JobRow> {
  const [row] = await database.query<JobRow>(SELECT_JOB, [id]);
  if (row) return row;
  throw notFound(id);
}

const notFound = (id: string) => new LimnerError('JOB_NOT_FOUND', `There is no job ${id}.`);

/** Newest first. @throws INVALID_REQUEST for a cursor that is none */
export async function listJobs(
  database: Database,
  { state, kind, parent, limit, cursor }: JobListQuery & { limit: number },
): Promise<JobList> {
  const [before, beforeId] = cursor === undefined ? [null, null] : readCursor(cursor);
  const rows = await database.query<JobRow>(
    `${SELECT_JOBS}
     where ($1::text is null or job.state = $1) and ($2::text is null or job.kind = $2)
       and ($3::text is null or job.parent = $3)
       and ($4::timestamptz is null or (job.created_at, job.id) < ($4, $5::text))
     order by job.created_at desc, job.id desc limit $6`,
    [state ?? null, kind ?? null, parent ?? null, before, beforeId, limit + 1],
  );
  const last = rows.length > limit ? rows[limit - 1] : null;
  return {
    jobs: rows.slice(0, limit).map(jobOf),
    next: last ? writeCursor(await exactTime(database, last.id), last.id) : null,
  };
}

/** JavaScript's dates are coarser than the database's, by which jobs are sorted. */
async function exactTime(database: Database, id: string): Promise<string> {
  const [{ at }] = await database.query<{ at: string }>(
    'select created_at::text as at from limner.job where id = $1',
    [id],
  );
  return at;
}

const writeCursor = (at: string, id: string) => Buffer.from(JSON.stringify([at, id])).toString('base64url');

function readCursor(cursor: string): [string, string] {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (typeof id === 'string' && !Number.isNaN(Date.parse(at))) return [at, id];
  } catch {
    // as below
  }
  throw new LimnerError('INVALID_REQUEST', 'Expected a cursor that an earlier answer gave.');
}

/** Cancels a job, and the jobs of a batch; one that has ended stays as it is. @throws JOB_NOT_FOUND */
export async function cancelJob(database: Database, id: string): Promise<Job> {
  await database.transaction((tx) => cancelInside(database, tx, [id]));
  return findJob(database, id);
}

async function cancelInside(database: Database, tx: Transaction, ids: readonly string[]): Promise<void> {
  const end = `update limner.job set state = 'cancelled', ended_at = clock_timestamp()
    where %% and not limner.has_ended(state) returning id, queue_id`;
  const parents = await tx.query<Cancelled>(end.replace('%%', 'id = any($1)'), [ids]);
  const children = await tx.query<Cancelled>(end.replace('%%', 'parent = any($1)'), [ids]);
  const cancelled = [...parents, ...children];
  const queued = cancelled.flatMap(({ queue_id }) => (queue_id ? [queue_id] : []));
  if (queued.length > 0) await database.boss.cancel(JOB_QUEUE, queued, { db: tx });
  for (const { id } of cancelled) await announce(database, tx, id);
}

interface Cancelled {
  id: string;
  queue_id: string | null;
}

/** Deletes jobs and the jobs of batches with their results; what has not ended is cancelled. @returns how many were there */
export function deleteJobs(database: Database, ids: readonly string[]): Promise<number> {
  return database.transaction(async (tx) => {
    await cancelInside(database, tx, ids);
    const gone = await tx.query<{ id: string }>(
      `insert into limner.trash (key, is_prefix)
       select 'results/' || id, true from limner.job where id = any($1) or parent = any($1)
       on conflict (key) do update set due = now() returning key as id`,
      [ids],
    );
    if (gone.length > 0) await tx.query('delete from limner.job where id = any($1)', [ids]);
    return gone.length;
  });
}

/** Events of a job later than the one numbered `after`, and whether there can be no more. @throws JOB_NOT_FOUND */
export async function eventsAfter(
  database: Database,
  id: string,
  after: number,
): Promise<{ events: JobEvent[]; hasEnded: boolean }> {
  const [job] = await database.query<{ ended: boolean }>(
    'select limner.has_ended(state) as ended from limner.job where id = $1',
    [id],
  );
  if (!job) throw notFound(id);
  const rows = await database.query<EventRow>(
    'select id, type, at, data from limner.event where job = $1 and id > $2 order by id',
    [id, after],
  );
  return { events: rows.map(eventOf), hasEnded: job.ended };
}
