/** What Prometheus reads of a server: its own answers, and what the database says of all. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../database/database.ts';
import type { WorkEvent } from '../worker/work-event.ts';
import { addQueueGauges } from './queue-gauges.ts';
import { addUpkeepGauges } from './upkeep-gauges.ts';
import { addWorkMetrics } from './work-metrics.ts';

export interface MetricsText {
  readonly text: string;
  /** Its media type. */
  readonly type: string;
}

export interface Metrics {
  /** The text that Prometheus reads. */
  read(): Promise<MetricsText>;
  count(event: WorkEvent): void;
  countAnswer(answer: Answer): void;
  countDelivery(delivery: { readonly outcome: string; readonly seconds: number }): void;
  /** A run of retention, and what it deleted. */
  countRetention(deleted: Readonly<Record<string, number>>): void;
}

export interface Answer {
  readonly method: string;
  /** As the route is written, so that ids are not told apart. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** @param retention seconds for which pictures and ended jobs are kept */
export function createMetrics(database: Database, retention: number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  addQueueGauges(registry, database);
  addUpkeepGauges(registry, database, retention);
  const answers = new Histogram({
    name: 'limner_http_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers,
  });
  const deliveries = new Histogram({
    name: 'limner_webhook_seconds',
    help: 'Time of calls to webhooks by this process, by what was answered',
    labelNames: ['outcome'],
    buckets: [0.05, 0.3, 1, 3, 10],
    registers,
  });
  const deleted = new Counter({
    name: 'limner_retention_deleted_total',
    help: 'What this process deleted because it was kept long enough',
    labelNames: ['what'],
    registers,
  });
  const retained = new Gauge({
    name: 'limner_retention_last_run_timestamp_seconds',
    help: 'When this process last deleted what was kept long enough; 0 where others do',
    registers,
  });
  return {
    read: () => readRegistry(registry),
    count: addWorkMetrics(registry),
    countAnswer: ({ seconds, ...labels }) => answers.observe(labels, seconds),
    countDelivery: ({ seconds, outcome }) => deliveries.observe({ outcome }, seconds),
    countRetention(counts) {
      retained.setToCurrentTime();
      for (const [what, count] of Object.entries(counts)) deleted.inc({ what }, count);
    },
  };
}

/** What Prometheus reads of a worker that is not a server: its own work. */
export function createWorkerMetrics(): Pick<Metrics, 'read' | 'count'> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return { read: () => readRegistry(registry), count: addWorkMetrics(registry) };
}

const readRegistry = async (registry: Registry): Promise<MetricsText> => ({
  text: await registry.metrics(),
  type: registry.contentType,
});
