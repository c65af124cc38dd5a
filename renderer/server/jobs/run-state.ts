/**
 * What the worker on a job may write about it. Every statement names the attempt: one that was given up, because its
 * worker seemed lost, can no longer change anything, so a job has one result however often it ran. Nor can one of a job
 * that was deleted change a new one of the same id: it has another place in the queue.
 */
import { LimnerError } from '../../../models/errors.ts';
import type { Failure, JobResult } from '../../../protocol/renderer-api/index.ts';
import { failureOf } from '../../core/errors.ts';
import type { Database, Queryable, Transaction } from '../database/database.ts';
import type { JobRow } from './job-row.ts';
import { discardKept } from './kept-work.ts';
import { JOB_QUEUE, queueJobs, WEBHOOK_CHANNEL, WEBHOOK_QUEUE } from './queue.ts';
import { insertStyle } from './style-store.ts';
import { parseKey } from './tenants.ts';
import { keepKey } from './trash.ts';

export interface Progress {
  readonly percent: number;
  readonly stage: string;
  readonly details?: Readonly<Record<string, number>>;
}

export type Attempt = Pick<JobRow, 'id' | 'attempts' | 'queue_id'>;

/** $1, $2 and $3 are those of an Attempt. */
const IS_CURRENT = `id = $1 and attempts = $2 and queue_id = $3::uuid and state = 'running'`;
const keysOf = ({ id, attempts, queue_id }: Attempt) => [id, attempts, queue_id];

/** Times that whoever worked on a job was lost before the job itself is to blame. */
export const MOST_LOSSES = 5;

/**
 * The job, now running and at its next attempt; null when it has ended or was deleted. One that runs already was lost by
 * whoever worked on it.
 */
export async function startJob(db: Queryable, id: string): Promise<JobRow | null> {
  const [job] = await db.query<JobRow>(
    `update limner.job set state = 'running', attempts = attempts + 1, percent = 0, stage = null, error = null,
       losses = losses + (state = 'running')::int,
       started_at = coalesce(started_at, clock_timestamp()), tried_at = clock_timestamp()
     where id = $1 and state in ('queued', 'running') returning *`,
    [id],
  );
  return job ?? null;
}

/** @returns whether the attempt is still the one that counts */
export async function reportProgress(
  db: Queryable,
  attempt: Attempt,
  { percent, stage, details }: Progress,
): Promise<boolean> {
  const rows = await db.query(
    `update limner.job set percent = $4, stage = $5, details = $6::jsonb where ${IS_CURRENT} returning 1`,
    [...keysOf(attempt), percent, stage, details ? JSON.stringify(details) : null],
  );
  return rows.length > 0;
}

export interface Outcome {
  readonly result?: JobResult;
  /** Where the result lies in the storage. */
  readonly resultKey?: string;
  /** Of a result that is a style file: from now on the renderer has it under the job's id. */
  readonly style?: { readonly name: string; readonly sha256: string };
  readonly error?: Failure;
  /** Milliseconds by stage. */
  readonly timings?: Readonly<Record<string, number>>;
}

/** Ends a job, for good. @returns whether it was this attempt's to end. @throws STYLE_CONFLICT */
export function finishJob(database: Database, attempt: Attempt, outcome: Outcome): Promise<boolean> {
  return database.transaction(async (tx) => {
    const rows = await tx.query(
      `update limner.job set state = $4, percent = case when $4 = 'succeeded' then 100 else percent end,
         stage = null, details = null, result = $5::jsonb, result_key = $6, error = $7::jsonb,
         timings = $8::jsonb, ended_at = clock_timestamp()
       where ${IS_CURRENT} returning 1`,
      [
        ...keysOf(attempt),
        outcome.error ? 'failed' : 'succeeded',
        json(outcome.result),
        outcome.style ? null : (outcome.resultKey ?? null),
        json(outcome.error),
        json(outcome.timings ?? {}),
      ],
    );
    if (rows.length === 0) return false;
    await discardKept(tx, [attempt.id]);
    if (outcome.resultKey) await keepKey(tx, outcome.resultKey);
    if (outcome.style) await keepStyle(tx, attempt.id, outcome);
    await announce(database, tx, [attempt.id]);
    return true;
  });
}

async function keepStyle(tx: Transaction, job: string, { style, result, resultKey }: Outcome): Promise<void> {
  if (!style || result?.type !== 'style' || !resultKey) return;
  const { tenant, id } = parseKey(job);
  const isNew = await insertStyle(tx, { tenant, id, ...style, key: resultKey, bytes: result.bytes });
  if (!isNew) throw new LimnerError('STYLE_CONFLICT', `There is another style ${id} already.`);
}

/** Puts a job back into the queue's hands after an attempt that proves nothing about it. @param error why */
export async function requeueJob(
  db: Queryable,
  attempt: Attempt,
  { error, isLoss }: { error: Failure; isLoss: boolean },
): Promise<void> {
  await db.query(
    `update limner.job set state = 'queued', percent = 0, stage = null, details = null, error = $4::jsonb,
       losses = losses + $5::int where ${IS_CURRENT}`,
    [...keysOf(attempt), JSON.stringify(error), isLoss ? 1 : 0],
  );
}

/**
 * Queues jobs anew that nobody works on any more, through no fault of theirs: at once, and without a try being counted.
 * @param db of the jobs' own transaction
 */
export async function returnJobs(
  database: Pick<Database, 'boss'>,
  tx: Transaction,
  ids: readonly string[],
): Promise<void> {
  const returned = await tx.query<{ id: string; queue_id: string; old: string; priority: number }>(
    `update limner.job set state = 'queued', percent = 0, stage = null, details = null, queue_id = gen_random_uuid()
     from limner.job as before
     where job.id = any($1) and before.id = job.id and job.queue_id is not null and not limner.has_ended(job.state)
     returning job.id, job.queue_id, before.queue_id as old, job.priority`,
    [ids],
  );
  if (returned.length === 0) return;
  await database.boss.cancel(
    JOB_QUEUE,
    returned.map(({ old }) => old),
    { db: tx },
  );
  await queueJobs(database, tx, returned);
}

/** What `leaveQueue` has to know of a job, for `returning`. */
export const ENDED_COLUMNS = `id, queue_id, (parent is not null or request ? 'webhook') as "isAwaited"`;
export type EndedJob = Pick<JobRow, 'id' | 'queue_id'> & {
  /** Whether anybody may be told of it. */
  readonly isAwaited: boolean;
};

/** Takes jobs that have just ended without having been worked on out of the queue, and tells of them. */
export async function leaveQueue(
  database: Database,
  tx: Transaction,
  ended: readonly EndedJob[],
): Promise<void> {
  const queued = ended.flatMap(({ queue_id }) => queue_id ?? []);
  if (queued.length > 0) await database.boss.cancel(JOB_QUEUE, queued, { db: tx });
  const awaited = ended.flatMap(({ id, isAwaited }) => (isAwaited ? [id] : []));
  if (awaited.length > 0) await announce(database, tx, awaited);
}

/** Ends a job that was lost too often, with the last error if one is known. */
export async function failLostJob(database: Database, id: string): Promise<void> {
  const error = failureOf(new LimnerError('WORKER_LOST', 'The job was tried too often without an end.'));
  await database.transaction(async (tx) => {
    await tx.query(
      `update limner.job set state = 'failed', error = coalesce(error, $2::jsonb), ended_at = clock_timestamp()
       where id = $1 and state in ('queued', 'running')`,
      [id, JSON.stringify(error)],
    );
    await discardKept(tx, [id]);
    await announce(database, tx, [id]);
  });
}

/** Queues the webhooks of jobs that have ended, and those of their batches where they were the last. */
export async function announce({ boss }: Database, tx: Transaction, ids: readonly string[]): Promise<void> {
  const ended = await tx.query<{ id: string; tenant: string; url: string }>(
    `update limner.job set is_announced = true
     where id in (select unnest($1::text[]) union select parent from limner.job where id = any($1))
       and limner.has_ended(state) and not is_announced and request ? 'webhook'
     returning id, tenant, request->'webhook'->>'url' as url`,
    [ids],
  );
  if (ended.length === 0) return;
  await boss.insert(
    WEBHOOK_QUEUE,
    ended.map(({ id: job, tenant, url }) => ({
      data: { job },
      group: { id: `${tenant}/${new URL(url).host}` },
    })),
    { db: tx },
  );
  await tx.query(`select pg_notify('${WEBHOOK_CHANNEL}', '')`);
}

const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
