/** The queues of pg-boss: what waits for a worker, what was given up, what is to be told. */
import type { Database, Transaction } from '../database/database.ts';

/** Ids of jobs, to be worked on. */
export const JOB_QUEUE = 'jobs';
/** Ids of jobs that were tried too often. */
export const LOST_QUEUE = 'lost-jobs';
export const WEBHOOK_QUEUE = 'webhooks';
/** Tells that there are webhooks to call. */
export const WEBHOOK_CHANNEL = 'limner_webhook';
/** Ticks every minute, for whoever comes first: what is too old is deleted. */
export const RETENTION_QUEUE = 'retention';

export interface QueuedJob {
  readonly job: string;
}

/** Seconds without a sign of life after which a worker is lost; the least that pg-boss takes. */
const HEARTBEAT = 10;
/** Longest time (s) pg-boss lets one attempt run; the worker's own limit is shorter. */
const LONGEST_ATTEMPT = 6 * 3600;

/** Which losses are a job's own fault is counted with the job; the queue itself never gives one up. */
const MOST_TRIES = 100_000;
/** Seconds that a job may wait: ten years, for as long as it is queued it is wanted. */
const LONGEST_WAIT = 10 * 365 * 24 * 3600;

/** Longest time (s) of one call of a webhook, redirects included; whoever makes it was lost if it takes longer. */
const LONGEST_CALL = 90;

/** Queues jobs, in the transaction that made them wait. */
export async function queueJobs(
  { boss }: Pick<Database, 'boss'>,
  tx: Transaction,
  jobs: readonly { readonly id: string; readonly queue_id: string; readonly priority: number }[],
): Promise<void> {
  const queued = jobs.map(({ id: job, queue_id: id, priority }) => ({
    id,
    data: { job } satisfies QueuedJob,
    priority,
  }));
  await boss.insert(JOB_QUEUE, queued, { db: tx });
}

/** Makes the queues unless they are there. */
export async function createQueues({ boss }: Database): Promise<void> {
  await boss.createQueue(LOST_QUEUE, { notify: true });
  const jobs = {
    notify: true,
    expireInSeconds: LONGEST_ATTEMPT,
    retryLimit: MOST_TRIES,
    retryDelay: 1,
    retryBackoff: true,
    deleteAfterSeconds: 600,
    retentionSeconds: LONGEST_WAIT,
  };
  await boss.createQueue(JOB_QUEUE, {
    ...jobs,
    deadLetter: LOST_QUEUE,
    heartbeatSeconds: HEARTBEAT,
    retryDelayMax: 60,
  });
  // One that an older version made.
  await boss.updateQueue(JOB_QUEUE, jobs);
  const webhooks = {
    expireInSeconds: LONGEST_CALL,
    retryLimit: 12,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 3600,
    deleteAfterSeconds: 600,
  };
  await boss.createQueue(WEBHOOK_QUEUE, webhooks);
  await boss.updateQueue(WEBHOOK_QUEUE, webhooks);
  await boss.createQueue(RETENTION_QUEUE, { policy: 'exclusive', deleteAfterSeconds: 600 });
  await boss.schedule(RETENTION_QUEUE, '* * * * *');
}
