/** A whole renderer in one process: database, storage, worker, webhooks, retention and the HTTP API, in that order. */
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Identity } from '../provenance/identity.ts';
import { addressError } from './address-error.ts';
import type { Database } from './database/database.ts';
import type { ServiceContext } from './http/context.ts';
import { createService } from './http/service.ts';
import { deliverWebhooks } from './http/webhooks/deliver.ts';
import { openInspector } from './intake/inspector.ts';
import { watchJobs } from './jobs/job-watch.ts';
import { createQueues, RETENTION_QUEUE } from './jobs/queue.ts';
import { reconcile, returnOrphans } from './jobs/reconcile.ts';
import { deleteExpired } from './jobs/retention.ts';
import { failOverdue } from './jobs/urgency.ts';
import { writeNotes } from './ledger/write-notes.ts';
import { createMetrics } from './metrics/metrics.ts';
import { type MetricsAddress, serveMetrics } from './metrics/serve-metrics.ts';
import { openStorage } from './storage/storage.ts';
import { startWorker, type Worker, type WorkerOptions } from './worker/worker.ts';

export interface RendererOptions
  extends Pick<ServiceContext, 'limits' | 'access' | 'webhookHosts' | 'log' | 'tracer'> {
  readonly database: Database;
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  /** An address of their own, besides /metrics. */
  readonly metrics?: MetricsAddress | null;
  /** Null where others do the work. */
  readonly worker: WorkerSettings | null;
  readonly storage: string;
  /** Who signs the ledger; without one there is none. */
  readonly identity?: Identity | null;
}

export type WorkerSettings = Pick<WorkerOptions, 'process' | 'processes' | 'gpus' | 'maxSeconds'>;

export interface Renderer {
  /** http://HOST:PORT */
  readonly url: string;
  /** http://HOST:PORT/metrics, where they have an address of their own. */
  readonly metricsUrl: string | null;
  readonly worker: Worker['info'] | null;
  /**
   * Says that it is no longer ready, lets running jobs end for so many seconds, gives the others back to the queue, and
   * ends; the database stays open.
   */
  stop(drainSeconds?: number): Promise<void>;
}

/** @throws ADDRESS_IN_USE, ADDRESS_UNAVAILABLE, STORAGE_UNAVAILABLE; nothing goes on running then */
export async function startRenderer(options: RendererOptions): Promise<Renderer> {
  const closers: ((drainSeconds: number) => unknown)[] = [];
  const stop = async (drainSeconds = 0) => {
    for (const close of closers.splice(0).reverse()) await close(drainSeconds);
  };
  try {
    return { ...(await start(options, (close) => closers.push(close))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param onStop takes what undoes a step; the steps are undone last to first */
async function start(
  options: RendererOptions,
  onStop: (close: (drainSeconds: number) => unknown) => void,
): Promise<Omit<Renderer, 'stop'>> {
  const { database, log } = options;
  const storage = openStorage(options.storage);
  await storage.check();
  await createQueues(database);
  await returnOrphans(database);
  const watch = await watchJobs(database);
  const metrics = createMetrics(database, options.limits.retention);
  const ledger = options.identity
    ? await writeNotes(database, options.identity, (err) => log.error({ err }, 'ledger'))
    : null;
  const inspector = openInspector();
  onStop(() => inspector.close());
  const lifecycle = { isReady: false };
  const app = await createService({ ...options, storage, inspector, watch, metrics, ledger, lifecycle });
  onStop(() => app.close());
  const url = await listen(app, options);
  const served = options.metrics ? await serveMetrics(metrics, options.metrics) : null;
  onStop(() => served?.close());
  const worker = options.worker
    ? await startWorker({
        ...options.worker,
        database,
        storage,
        watch,
        tracer: options.tracer,
        onEvent: reportTo(log, metrics.count),
      })
    : null;
  if (worker) onStop((drainSeconds) => worker.stop(drainSeconds));
  onStop(() => {
    lifecycle.isReady = false;
  });
  const endDeliveries = await deliverWebhooks(database, options.webhookHosts, {
    onDelivery: metrics.countDelivery,
    onRefused: (job, { code }) => log.warn({ job, code }, 'webhook refused'),
    onError: (err) => log.error({ err }, 'webhooks'),
  });
  onStop(endDeliveries);
  await database.boss.work(RETENTION_QUEUE, async () => {
    await reconcile(database);
    await failOverdue(database);
    metrics.countRetention(await deleteExpired(database, storage, options.limits.retention));
  });
  lifecycle.isReady = true;
  return { url, metricsUrl: served?.url ?? null, worker: worker?.info ?? null };
}

/** @throws ADDRESS_IN_USE, ADDRESS_UNAVAILABLE */
async function listen(app: FastifyInstance, { host, port }: RendererOptions): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    throw addressError(cause, host, port);
  }
}

/** What workers do, in the log; never what they work on. */
export const reportTo =
  (log: Logger, also: WorkerOptions['onEvent'] = () => undefined): WorkerOptions['onEvent'] =>
  (event) => {
    const { job, kind, attempt, outcome, code, timings } = event;
    log.info({ job, kind, attempt, code, milliseconds: timings['total'] }, `job ${outcome}`);
    also(event);
  };
