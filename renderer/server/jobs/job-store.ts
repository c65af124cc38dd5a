/** Jobs as clients see them: found, listed, cancelled, deleted, and what happened to them. Found by keys; see tenants.ts. */
import { z } from 'zod';
import { LimnerError } from '../../../models/errors.ts';
import {
  type Job,
  type JobEvent,
  type JobList,
  type JobListQuery,
  jobIdSchema,
} from '../../../protocol/renderer-api/index.ts';
import type { Database, Transaction } from '../database/database.ts';
import type { Storage } from '../storage/storage.ts';
import { type EventRow, eventOf, type JobRow, jobOf, SELECT_JOB, selectPage } from './job-row.ts';
import { discardKept } from './kept-work.ts';
import { ENDED_COLUMNS, type EndedJob, leaveQueue } from './run-state.ts';
import { idOf, keyIn } from './tenants.ts';
import { discardKeys, emptyTrash } from './trash.ts';

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

const notFound = (key: string) => new LimnerError('JOB_NOT_FOUND', `There is no job ${idOf(key)}.`);

/** Newest first. @throws INVALID_REQUEST for a cursor that is none */
export async function listJobs(
  database: Database,
  tenant: string,
  { state, kind, parent, limit, cursor }: JobListQuery & { limit: number },
): Promise<JobList> {
  const [before, beforeId] = cursor === undefined ? [null, null] : readCursor(cursor);
  const rows = await database.query<JobRow>(
    selectPage(`select * from limner.job
     where job.tenant = $7 and ($1::text is null or job.state = $1) and ($2::text is null or job.kind = $2)
       and ($3::text is null or job.parent = $3)
       and ($4::bigint is null or (job.created_at, job.id) < (timestamptz 'epoch' + $4 * interval '1 microsecond', $5::text))
     order by job.created_at desc, job.id desc limit $6`),
    [
      state ?? null,
      kind ?? null,
      parent === undefined ? null : keyIn(tenant, parent),
      before,
      beforeId === null ? null : keyIn(tenant, beforeId),
      limit + 1,
      tenant,
    ],
  );
  const last = rows.length > limit ? rows[limit - 1] : null;
  return {
    jobs: rows.slice(0, limit).map(jobOf),
    next: last ? writeCursor(await exactTime(database, last.id), idOf(last.id)) : null,
  };
}

/** Microseconds since 1970: JavaScript's dates are coarser than the database's, by which jobs are sorted. */
async function exactTime(database: Database, id: string): Promise<number> {
  const [{ at }] = await database.query<{ at: string }>(
    'select (extract(epoch from created_at) * 1000000)::bigint::text as at from limner.job where id = $1',
    [id],
  );
  return Number(at);
}

const cursorSchema = z.tuple([z.number().int().min(0), jobIdSchema]);
type Cursor = z.infer<typeof cursorSchema>;

const writeCursor = (...cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function readCursor(cursor: string): Cursor {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new LimnerError('INVALID_REQUEST', 'Expected a cursor that an earlier answer gave.', { cause });
  }
}

/** Cancels a job, and the jobs of a batch; one that has ended stays as it is. @throws JOB_NOT_FOUND */
export async function cancelJob(database: Database, id: string): Promise<Job> {
  await database.transaction(async (tx) => {
    await cancelInside(database, tx, [id]);
  });
  return findJob(database, id);
}

/** @returns keys of what was kept to go on with, which are in the trash */
async function cancelInside(database: Database, tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const end = (which: string, of: readonly string[]) =>
    tx.query<EndedJob>(
      `update limner.job set state = 'cancelled', ended_at = clock_timestamp()
       where ${which} = any($1) and not limner.has_ended(state) returning ${ENDED_COLUMNS}`,
      [of],
    );
  const asked = await end('id', ids);
  const batches = asked.filter(({ queue_id }) => queue_id === null).map(({ id }) => id);
  // After their batches, which would otherwise follow each of them.
  const children = batches.length > 0 ? await end('parent', batches) : [];
  const ended = [...asked, ...children];
  await leaveQueue(database, tx, ended);
  return discardKept(
    tx,
    ended.map(({ id }) => id),
  );
}

/** Deletes jobs and the jobs of batches with their results; what has not ended is cancelled. @returns how many were there */
export async function deleteJobs(
  database: Database,
  storage: Storage,
  ids: readonly string[],
): Promise<number> {
  const { count, keys } = await database.transaction((tx) => deleteJobsInside(database, tx, ids));
  await emptyTrash(database, storage, keys);
  return count;
}

/**
 * What is being made for them meanwhile is removed by whoever makes it, or when it is due.
 * @returns how many jobs were there, and where their results lie, which are in the trash
 */
export async function deleteJobsInside(
  database: Database,
  tx: Transaction,
  ids: readonly string[],
): Promise<{ count: number; keys: string[] }> {
  const kept = await cancelInside(database, tx, ids);
  const gone = await tx.query<{ result_key: string | null }>(
    'delete from limner.job where id = any($1) or parent = any($1) returning result_key',
    [ids],
  );
  const keys = gone.flatMap(({ result_key }) => result_key ?? []);
  await discardKeys(tx, keys);
  return { count: gone.length, keys: [...keys, ...kept] };
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
