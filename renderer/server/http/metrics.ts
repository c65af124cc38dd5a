import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../database/database.ts';
import type { WorkEvent } from '../worker/work-on-job.ts';

export interface Metrics {
  /** The text that Prometheus reads. */
  read(): Promise<{ text: string; type: string }>;
  count(event: WorkEvent): void;
  countAnswer(answer: Answer): void;
}

export interface Answer {
  readonly method: string;
  /** As the route is written, so that ids are not told apart. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** Jobs of the whole database; stages and pixels of the workers of this process. */
export function createMetrics(database: Database): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'limner_jobs',
    help: 'Jobs by state and kind',
    labelNames: ['state', 'kind'],
    registers,
    async collect() {
      const rows = await database.query<{ state: string; kind: string; count: number }>(
        'select state, kind, count(*)::int as count from limner.job group by state, kind',
      );
      this.reset();
      for (const { state, kind, count } of rows) this.set({ state, kind }, count);
    },
  });
  new Gauge({
    name: 'limner_queue_age_seconds',
    help: 'How long the oldest queued job of a kind has waited: more workers are needed where it grows',
    labelNames: ['kind'],
    registers,
    async collect() {
      const rows = await database.query<{ kind: string; age: number }>(
        `select kind, extract(epoch from now() - min(created_at))::float8 as age from limner.job
         where state = 'queued' group by kind`,
      );
      this.reset();
      for (const { kind, age } of rows) this.set({ kind }, age);
    },
  });
  new Gauge({
    name: 'limner_removals_pending',
    help: 'Files that are to be removed, by whether that has failed before',
    labelNames: ['failed'],
    registers,
    async collect() {
      const [{ fresh, failed }] = await database.query<{ fresh: number; failed: number }>(
        `select (count(*) filter (where attempts = 0))::int as fresh, (count(*) filter (where attempts > 0))::int as failed
         from limner.trash where due <= now() or attempts > 0`,
      );
      this.set({ failed: 'no' }, fresh);
      this.set({ failed: 'yes' }, failed);
    },
  });
  new Gauge({
    name: 'limner_webhook_deliveries',
    help: 'Attempts to call webhooks of jobs that are kept, by what was answered',
    labelNames: ['outcome'],
    registers,
    async collect() {
      const rows = await database.query<{ outcome: string; count: number }>(
        `select coalesce(status::text, error) as outcome, count(*)::int as count from limner.delivery group by 1`,
      );
      this.reset();
      for (const { outcome, count } of rows) this.set({ outcome }, count);
    },
  });
  const answers = new Histogram({
    name: 'limner_http_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers,
  });
  const stages = new Histogram({
    name: 'limner_stage_seconds',
    help: 'Time of the stages of a job',
    labelNames: ['kind', 'stage'],
    buckets: [0.005, 0.02, 0.1, 0.3, 1, 3, 10, 30, 100, 300],
    registers,
  });
  const attempts = new Counter({
    name: 'limner_attempts_total',
    help: 'Attempts at jobs by how they went',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const megapixels = new Counter({
    name: 'limner_megapixels_total',
    help: 'Megapixels of results',
    registers,
  });
  return {
    read: async () => ({ text: await registry.metrics(), type: registry.contentType }),
    countAnswer: ({ seconds, ...labels }) => answers.observe(labels, seconds),
    count({ kind, outcome, timings, pixels }) {
      attempts.inc({ kind, outcome });
      megapixels.inc(pixels / 1e6);
      for (const [stage, time] of Object.entries(timings)) stages.observe({ kind, stage }, time / 1000);
    },
  };
}

/** Seconds; null when nothing of the tenant waits. */
export async function queueAge(database: Database, tenant: string): Promise<number | null> {
  const [{ age }] = await database.query<{ age: number | null }>(
    `select extract(epoch from now() - min(created_at))::float8 as age from limner.job
     where state = 'queued' and tenant = $1`,
    [tenant],
  );
  return age;
}
