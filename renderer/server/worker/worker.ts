/**
 * A worker takes jobs from the queue and has its render processes work on them, one each. Any number of workers on any
 * number of machines may share a database and a storage.
 */
import { hostname } from 'node:os';
import type { PgBoss } from 'pg-boss';
import { LimnerError } from '../../../models/errors.ts';
import type { WorkerInfo } from '../../../protocol/renderer-api/index.ts';
import { VERSION } from '../../core/version.ts';
import type { Database } from '../database/database.ts';
import type { JobWatch } from '../jobs/job-watch.ts';
import { untilResumed } from '../jobs/pause.ts';
import { JOB_QUEUE, LOST_QUEUE, type QueuedJob } from '../jobs/queue.ts';
import { failLostJob } from '../jobs/run-state.ts';
import { takeMostUrgent } from '../jobs/urgency.ts';
import type { Storage } from '../storage/storage.ts';
import { type Capabilities, NO_DEVICE } from './messages.ts';
import { planProcesses, spreadOver } from './plan-processes.ts';
import { type ProcessOptions, RenderProcess } from './render-process.ts';
import { type JobContext, workOnJob } from './work-on-job.ts';

export interface WorkerOptions {
  readonly database: Database;
  readonly storage: Storage;
  readonly watch: JobWatch;
  /** For its processes; `storage` is the same one. */
  readonly process: Omit<ProcessOptions, 'threads' | 'gpu'>;
  /** Jobs at once; by default what the machine can do. */
  readonly processes?: number;
  /** Cards (see `ProcessOptions`) that its processes are spread over, one each unless there are to be more. */
  readonly gpus?: readonly string[];
  /** Longest time a job may take. */
  readonly maxSeconds: number;
  readonly onEvent: JobContext['onEvent'];
  readonly tracer?: JobContext['tracer'];
}

export interface Worker {
  readonly info: Omit<WorkerInfo, 'seenAt'>;
  /** Takes no more jobs, waits so long for those in work, and gives back to the queue what is left of them. */
  stop(drainSeconds?: number): Promise<void>;
}

/** Milliseconds between signs of life. */
const SIGN_OF_LIFE = 5000;
/** Milliseconds that giving jobs back may take; a process that does not stop by itself is killed before. */
const GIVING_BACK = 12_000;
/** Seconds between looks into the queue while the database tells of new jobs. */
const BACKSTOP = 5;

/** @throws DEVICE_UNAVAILABLE */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { database, gpus = [] } = options;
  const [capabilities] = await examine(options);
  const plan = planProcesses(capabilities.device, options.processes ?? (gpus.length || undefined));
  const processes = spreadOver(gpus, plan.processes).map(
    (gpu) => new RenderProcess({ ...options.process, threads: plan.threads, gpu }),
  );
  const info = {
    id: `${hostname()}-${process.pid}`,
    host: hostname(),
    version: VERSION,
    ...plan,
    device: capabilities.device,
    devices: [...capabilities.devices],
  };
  const stopping = new AbortController();
  for (const renderProcess of processes) {
    await takeJobs(database.boss, { ...options, process: renderProcess, stopping: stopping.signal });
  }
  await database.boss.work<QueuedJob>(LOST_QUEUE, async ([{ data }]) => failLostJob(database, data.job));
  const signs = await giveSigns(database, info);
  return {
    info,
    async stop(drainSeconds = 0) {
      const ended = database.boss.offWork(JOB_QUEUE).catch(() => undefined);
      await Promise.race([ended, pause(drainSeconds * 1000)]);
      stopping.abort();
      await Promise.race([ended, pause(GIVING_BACK)]);
      clearInterval(signs);
      for (const renderProcess of processes) renderProcess.end();
      await database.query('delete from limner.worker where id = $1', [info.id]).catch(() => undefined);
    },
  };
}

/** What a process has to compute with, on each of the cards. */
function examine({ process, gpus = [] }: WorkerOptions): Promise<Capabilities[]> {
  const examineOne = async (gpu?: string) => {
    const trial = new RenderProcess({ ...process, threads: 1, gpu });
    try {
      const capabilities = await trial.capabilities();
      if (capabilities.device !== NO_DEVICE) return capabilities;
      const { reason } = capabilities.devices.find(({ device }) => device === process.device) ?? {};
      const where = gpu === undefined ? '' : ` on GPU ${gpu}`;
      throw new LimnerError(
        'DEVICE_UNAVAILABLE',
        `The device ${process.device} is not available${where}: ${reason ?? 'it is unknown here.'}`,
      );
    } finally {
      trial.end();
    }
  };
  return Promise.all(gpus.length > 0 ? gpus.map(examineOne) : [examineOne()]);
}

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });

async function takeJobs(boss: PgBoss, context: JobContext): Promise<void> {
  const polling = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: BACKSTOP };
  const id = await boss.work<QueuedJob>(JOB_QUEUE, polling, async ([{ data, signal }]) => {
    // Without this, pg-boss pauses after each job.
    boss.notifyWorker(id);
    await untilResumed(context.database, AbortSignal.any([signal, context.stopping]));
    if (context.stopping.aborted) throw new LimnerError('CANCELLED', 'This worker is stopping.');
    await workOnJob(await takeMostUrgent(context.database, data.job), signal, context);
  });
}

async function giveSigns(database: Database, info: Worker['info']): Promise<NodeJS.Timeout> {
  const sign = () =>
    database.query(
      `insert into limner.worker (id, info) values ($1, $2::jsonb)
       on conflict (id) do update set info = excluded.info, seen_at = now()`,
      [info.id, JSON.stringify(info)],
    );
  await sign();
  // A database that is gone is noticed, and told of, by pg-boss.
  return setInterval(() => void sign().catch(() => undefined), SIGN_OF_LIFE);
}
