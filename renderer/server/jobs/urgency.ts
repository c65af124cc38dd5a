/**
 * Priorities and deadlines. Turns belong to tokens (turns.ts); which of its jobs goes when a turn of a token has come is
 * decided then: the one of the highest priority, of these the one with the earliest deadline. So a token that hurries
 * delays itself alone.
 */
import { LimnerError } from '../../../models/errors.ts';
import { failureOf } from '../../core/errors.ts';
import { type Database, QUEUE_SCHEMA, type Transaction } from '../database/database.ts';
import { JOB_QUEUE } from './queue.ts';
import { ENDED_COLUMNS, type EndedJob, leaveQueue } from './run-state.ts';

/** Jobs failed at once. */
const MOST_FAILED = 1000;

export const deadlineMissed = (): LimnerError =>
  new LimnerError('DEADLINE_MISSED', 'The job had not ended by its deadline.');

/** @param drawn the job whose turn it is @returns the job of the same token that is to go, which now has that turn */
export function takeMostUrgent(database: Database, drawn: string): Promise<string> {
  return database.transaction(async (tx) => {
    const [mine] = await tx.query<{ token: string; urgency: number; deadline: string }>(
      `select token, urgency, coalesce(deadline, 'infinity')::text as deadline from limner.job
       where id = $1 and state = 'queued' for update`,
      [drawn],
    );
    if (!mine) return drawn;
    // One whose own turn somebody is just taking is left to them.
    const [other] = await tx.query<{ id: string }>(
      `select job.id from limner.job join ${QUEUE_SCHEMA}.job as turn on turn.name = '${JOB_QUEUE}' and turn.id = job.queue_id
       where job.token = $1 and job.state = 'queued' and turn.state in ('created', 'retry')
         and (-job.urgency, coalesce(job.deadline, 'infinity')) < (-$2::int, $3::timestamptz)
       order by job.urgency desc, job.deadline nulls last, job.turn limit 1 for update skip locked`,
      [mine.token, mine.urgency, mine.deadline],
    );
    if (!other) return drawn;
    await exchangeTurns(tx, drawn, other.id);
    return other.id;
  });
}

async function exchangeTurns(tx: Transaction, ...jobs: [string, string]): Promise<void> {
  const exchanged = await tx.query<{ id: string; turn: string }>(
    `update limner.job set queue_id = other.queue_id, turn = other.turn, priority = other.priority
     from limner.job as other where job.id = any($1) and other.id = any($1) and other.id <> job.id
     returning job.id, job.queue_id as turn`,
    [jobs],
  );
  for (const { id, turn } of exchanged)
    await tx.query(
      `update ${QUEUE_SCHEMA}.job set data = jsonb_build_object('job', $2::text) where name = '${JOB_QUEUE}' and id = $1`,
      [turn, id],
    );
}

/** Fails jobs that wait and whose deadline has passed. @returns how many */
export function failOverdue(database: Database): Promise<number> {
  return database.transaction(async (tx) => {
    const failed = await tx.query<EndedJob>(
      `update limner.job set state = 'failed', error = $1::jsonb, ended_at = clock_timestamp()
       where id in (select id from limner.job where state = 'queued' and queue_id is not null and deadline <= now()
         limit ${MOST_FAILED} for update skip locked)
       returning ${ENDED_COLUMNS}`,
      [JSON.stringify(failureOf(deadlineMissed()))],
    );
    await leaveQueue(database, tx, failed);
    return failed.length;
  });
}
