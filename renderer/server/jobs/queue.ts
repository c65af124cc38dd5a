/** The queues of pg-boss: what waits for a worker, what was given up, what is to be told. */
import type { Database } from '../database/database.ts';

/** Ids of jobs, to be worked on. */
export const JOB_QUEUE = 'jobs';
/** Ids of jobs that were tried too often. */
export const LOST_QUEUE = 'lost-jobs';
export const WEBHOOK_QUEUE = 'webhooks';
/** Ticks every minute, for whoever comes first: what is too old is deleted. */
export const RETENTION_QUEUE = 'retention';

export interface QueuedJob {
  readonly job: string;
}

/** Seconds without a sign of life after which a worker is lost; the least that pg-boss takes. */
const HEARTBEAT = 10;
/** Longest time (s) pg-boss lets one attempt run; the worker's own limit is shorter. */
const LONGEST_ATTEMPT = 6 * 3600;

/** Makes the queues unless they are there. */
export async function createQueues({ boss }: Database): Promise<void> {
  await boss.createQueue(LOST_QUEUE, { notify: true });
  await boss.createQueue(JOB_QUEUE, {
    notify: true,
    deadLetter: LOST_QUEUE,
    heartbeatSeconds: HEARTBEAT,
    expireInSeconds: LONGEST_ATTEMPT,
    retryLimit: 8,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    deleteAfterSeconds: 600,
  });
  await boss.createQueue(WEBHOOK_QUEUE, {
    notify: true,
    retryLimit: 12,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 3600,
    deleteAfterSeconds: 600,
  });
  await boss.createQueue(RETENTION_QUEUE, { policy: 'exclusive', deleteAfterSeconds: 600 });
  await boss.schedule(RETENTION_QUEUE, '* * * * *');
}

/**
 * Gives jobs back to the queue that a killed process worked on. Only where no other process can be working, which PGlite
 * guarantees; elsewhere the heartbeat finds them.
 */
export async function returnOrphans({ kind, boss, query }: Database): Promise<void> {
  if (kind !== 'pglite') return;
  const orphans = await query<{ queue_id: string }>(
    `update limner.job set state = 'queued' where state = 'running' and queue_id is not null returning queue_id`,
  );
  if (orphans.length > 0)
    await boss.fail(
      JOB_QUEUE,
      orphans.map(({ queue_id }) => queue_id),
    );
}

/** Instant renders somebody waits for come first, adaptations last. */
export const PRIORITIES = { instant: 30, full: 20, upscale: 20, child: 10, adapt: 5 } as const;
