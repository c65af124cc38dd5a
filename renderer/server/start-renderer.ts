/** A whole renderer in one process: database, storage, worker, webhooks, retention and the HTTP API, in that order. */
import type { Logger } from 'pino';
import type { Identity } from '../provenance/identity.ts';
import type { Database } from './database/database.ts';
import type { ServiceContext } from './http/context.ts';
import { createMetrics } from './http/metrics.ts';
import { createService } from './http/service.ts';
import { deliverWebhooks } from './http/webhooks/deliver.ts';
import { openInspector } from './intake/inspector.ts';
import { watchJobs } from './jobs/job-watch.ts';
import { createQueues, RETENTION_QUEUE, returnOrphans } from './jobs/queue.ts';
import { deleteExpired } from './jobs/retention.ts';
import { writeNotes } from './ledger/write-notes.ts';
import { openStorage } from './storage/storage.ts';
import { startWorker, type Worker, type WorkerOptions } from './worker/worker.ts';

export interface RendererOptions extends Pick<ServiceContext, 'limits' | 'access' | 'webhookHosts' | 'log'> {
  readonly database: Database;
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  /** Null where others do the work. */
  readonly worker: WorkerSettings | null;
  readonly storage: string;
  /** Who signs the ledger; without one there is none. */
  readonly identity?: Identity | null;
}

export type WorkerSettings = Pick<WorkerOptions, 'process' | 'processes' | 'maxSeconds'>;

export interface Renderer {
  /** http://HOST:PORT */
  readonly url: string;
  readonly worker: Worker['info'] | null;
  /** Jobs in work go back to the queue; the database stays open. */
  stop(): Promise<void>;
}

export async function startRenderer(options: RendererOptions): Promise<Renderer> {
  const { database, log } = options;
  const storage = openStorage(options.storage);
  await storage.check();
  await createQueues(database);
  await returnOrphans(database);
  const watch = await watchJobs(database);
  const metrics = createMetrics(database);
  const worker = options.worker
    ? await startWorker({
        ...options.worker,
        database,
        storage,
        watch,
        onEvent: reportTo(log, metrics.count),
      })
    : null;
  await deliverWebhooks(database, options.webhookHosts, (job, { code }) =>
    log.warn({ job, code }, 'webhook refused'),
  );
  await database.boss.work(RETENTION_QUEUE, () => deleteExpired(database, storage, options.limits.retention));
  const ledger = options.identity
    ? await writeNotes(database, options.identity, (err) => log.error({ err }, 'ledger'))
    : null;
  const inspector = openInspector();
  const app = await createService({ ...options, storage, inspector, watch, metrics, ledger });
  const url = await app.listen({ host: options.host, port: options.port });
  return {
    url,
    worker: worker?.info ?? null,
    async stop() {
      await app.close();
      await worker?.stop();
      inspector.close();
    },
  };
}

/** What workers do, in the log; never what they work on. */
export const reportTo =
  (log: Logger, also: WorkerOptions['onEvent'] = () => undefined): WorkerOptions['onEvent'] =>
  (event) => {
    const { job, kind, attempt, outcome, code, timings } = event;
    log.info({ job, kind, attempt, code, milliseconds: timings['total'] }, `job ${outcome}`);
    also(event);
  };
