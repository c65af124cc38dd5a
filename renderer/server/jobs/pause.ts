/** A paused queue: jobs are taken and wait, what runs runs to its end, nothing begins. */
import { setTimeout } from 'node:timers/promises';
import type { QueueInfo } from '../../../protocol/renderer-api/index.ts';
import type { Queryable } from '../database/database.ts';

/** Milliseconds between looks of a worker that waits for the end of a pause. */
const INTERVAL = 1000;

export async function queueInfo(db: Queryable): Promise<QueueInfo> {
  const [row] = await db.query<{ since: Date; by: string }>('select since, by from limner.pause');
  return { isPaused: row !== undefined, since: row?.since.toISOString() ?? null, by: row?.by ?? null };
}

/** @param by name of a token */
export async function setPaused(db: Queryable, isPaused: boolean, by: string): Promise<QueueInfo> {
  await db.query(
    isPaused
      ? 'insert into limner.pause (by) values ($1) on conflict (id) do nothing'
      : 'delete from limner.pause where $1::text is not null',
    [by],
  );
  return queueInfo(db);
}

/** Fulfils once there is no pause, or when aborted. */
export async function untilResumed(db: Queryable, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { isPaused } = await queueInfo(db);
    if (!isPaused) return;
    await setTimeout(INTERVAL, undefined, { signal }).catch(() => undefined);
  }
}
