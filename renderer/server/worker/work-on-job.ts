/** One job from start to end: started, worked on, reported, ended or given back. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { LimnerError } from '../../../models/errors.ts';
import { failureOf } from '../../core/errors.ts';
import type { Database } from '../database/database.ts';
import { checkConsent } from '../jobs/consents.ts';
import type { JobRow } from '../jobs/job-row.ts';
import type { JobWatch } from '../jobs/job-watch.ts';
import { beginKeeping, endKeeping, type KeptWork } from '../jobs/kept-work.ts';
import {
  failLostJob,
  finishJob,
  MOST_LOSSES,
  type Progress,
  reportProgress,
  requeueJob,
  returnJobs,
  startJob,
} from '../jobs/run-state.ts';
import { idOf } from '../jobs/tenants.ts';
import { discardKeys, emptyTrash, expectKey } from '../jobs/trash.ts';
import { deadlineMissed } from '../jobs/urgency.ts';
import type { Storage } from '../storage/storage.ts';
import type { Tracer } from '../traces/tracer.ts';
import { findInputs } from './find-inputs.ts';
import type { WorkOutcome, WorkRequest } from './messages.ts';
import { ProcessLost, type RenderProcess } from './render-process.ts';
import { traceWork } from './trace-work.ts';
import type { WorkEvent } from './work-event.ts';

export interface JobContext {
  readonly database: Database;
  readonly storage: Storage;
  readonly watch: JobWatch;
  readonly process: RenderProcess;
  readonly maxSeconds: number;
  /** Aborted when the worker stops. */
  readonly stopping: AbortSignal;
  /** Null where nobody collects traces. */
  readonly tracer?: Tracer | null;
  /** For logs and metrics. */
  readonly onEvent: (event: WorkEvent) => void;
}

/** Seconds that a result may take to be written once its job has run out of time. */
const WRITING_TIME = 3600;
/** Milliseconds between reports of progress. */
const REPORT_INTERVAL = 250;

/**
 * @param claim aborted when the queue has given the job to somebody else
 * @throws what makes the queue try the job again
 */
export async function workOnJob(id: string, claim: AbortSignal, given: JobContext): Promise<void> {
  const job = await startJob(given.database, id);
  if (!job) return;
  const endTrace = traceWork(given.tracer, job);
  const context = {
    ...given,
    onEvent(event: WorkEvent) {
      endTrace(event);
      given.onEvent(event);
    },
  };
  if (job.losses >= MOST_LOSSES) return failLostJob(context.database, id);
  const cancelled = new AbortController();
  if (job.deadline && job.deadline.getTime() <= Date.now())
    return settle(job, '', failed(deadlineMissed()), context);
  const { timeout, outOfTime } = timeLimit(job, context.maxSeconds);
  const unwatch = context.watch.onCancel(id, () => cancelled.abort());
  const signal = AbortSignal.any([cancelled.signal, timeout, claim, context.stopping]);
  const resultKey = resultKeyOf(job);
  const mostSeconds = context.maxSeconds + WRITING_TIME;
  let kept: KeptWork | null = null;
  const report = reporter(job, context, () => cancelled.abort());
  try {
    await checkConsent(context.database, id);
    const inputs = await findInputs(context.database, job);
    if (job.kind === 'sequence') kept = await beginKeeping(context.database, id, mostSeconds);
    const order = { job: idOf(id), request: job.request as WorkRequest, ...inputs, resultKey, kept };
    await expectKey(context.database, resultKey, mostSeconds);
    const outcome = await context.process.run(order, { signal, onProgress: report.update });
    report.end();
    await settle(job, resultKey, timeout.aborted ? outOfTime : outcome, context);
  } catch (cause) {
    report.end();
    if (cause instanceof ProcessLost && timeout.aborted) return settle(job, resultKey, outOfTime, context);
    if (cause instanceof ProcessLost) return settle(job, resultKey, lost(job, cause), context);
    if (cause instanceof LimnerError) return settle(job, resultKey, failed(cause), context);
    throw cause;
  } finally {
    unwatch();
    // What cannot be removed now goes when it is due.
    if (kept) await endKeeping(context.database, context.storage, id, kept).catch(() => undefined);
  }
}

/** @throws when the job is to be tried again */
async function settle(
  job: JobRow,
  resultKey: string,
  outcome: WorkOutcome,
  context: JobContext,
): Promise<void> {
  const { database, storage, onEvent, stopping } = context;
  const event = { job: job.id, kind: job.kind, attempt: job.attempts, timings: {}, pixels: 0 };
  if ('error' in outcome) {
    const { error } = outcome;
    if (error.code === 'CANCELLED' && stopping.aborted) {
      await database.transaction((tx) => returnJobs(database, tx, [job.id]));
      onEvent({ ...event, outcome: 'returned', code: error.code });
      return;
    }
    if (outcome.isTransient) {
      const isLoss = error.code === 'WORKER_LOST';
      await requeueJob(database, job, { error, isLoss });
      onEvent({ ...event, outcome: 'returned', code: error.code });
      throw new Error(error.message);
    }
    const isOurs = error.code !== 'CANCELLED' && (await finishJob(database, job, { error }));
    onEvent({ ...event, outcome: isOurs ? 'failed' : 'cancelled', code: error.code });
    return;
  }
  const { result, style, timings } = outcome;
  const isOurs = await finishJob(database, job, { result, style, resultKey, timings });
  // Its job was deleted, cancelled or given to another meanwhile.
  if (!isOurs) await discardKeys(database, [resultKey]);
  if (!isOurs) await emptyTrash(database, storage, [resultKey]);
  const pixels = result.type === 'picture' ? result.width * result.height : 0;
  onEvent({ ...event, outcome: isOurs ? 'succeeded' : 'cancelled', timings, pixels });
}

/** Of one attempt alone, whatever else is called like the job. A style outlives the job that made it, and lies where sent ones lie. */
const resultKeyOf = ({ id, kind }: JobRow) =>
  `${kind === 'adapt' ? 'styles' : 'results'}/${id}/${randomUUID()}`;

/** What comes first: its deadline, or the longest time that any job may take. @returns what it is then said to have failed of */
function timeLimit(
  { deadline }: JobRow,
  maxSeconds: number,
): { timeout: AbortSignal; outOfTime: WorkOutcome } {
  const left = deadline ? deadline.getTime() - Date.now() : Number.POSITIVE_INFINITY;
  const longest = maxSeconds * 1000;
  if (left < longest) return { timeout: AbortSignal.timeout(left), outOfTime: failed(deadlineMissed()) };
  const timedOut = new LimnerError('JOB_TIMED_OUT', `The job took more than ${maxSeconds} s.`);
  return { timeout: AbortSignal.timeout(longest), outOfTime: failed(timedOut) };
}

const lost = ({ losses }: JobRow, { isTooLarge }: ProcessLost): WorkOutcome => ({
  error: failureOf(
    new LimnerError(
      'WORKER_LOST',
      isTooLarge
        ? 'The job takes more memory than it may.'
        : 'The process that worked on the job ended unexpectedly.',
    ),
  ),
  isTransient: !isTooLarge && losses + 1 < MOST_LOSSES,
});

const failed = (error: LimnerError): WorkOutcome => ({ error: failureOf(error), isTransient: false });

/** Writes progress down now and then, the latest first, and finds out whether the job is still wanted. */
function reporter(job: JobRow, { database }: JobContext, onUnwanted: () => void) {
  let latest: Progress | null = null;
  let isWriting = false;
  const write = async () => {
    isWriting = true;
    while (latest) {
      const progress = latest;
      latest = null;
      // Progress that cannot be written is no reason to lose the work.
      const isWanted = await reportProgress(database, job, progress).catch(() => true);
      if (!isWanted) onUnwanted();
      await setTimeout(REPORT_INTERVAL, undefined, { ref: false });
    }
    isWriting = false;
  };
  return {
    update(progress: Progress) {
      latest = progress;
      if (!isWriting) void write();
    },
    end() {
      latest = null;
    },
  };
}
