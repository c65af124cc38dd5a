import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../database/database.ts';
import type { WorkEvent } from '../worker/work-on-job.ts';

export interface Metrics {
  /** The text that Prometheus reads. */
  read(): Promise<{ text: string; type: string }>;
  count(event: WorkEvent): void;
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
    help: 'How long the oldest queued job has waited',
    registers,
    collect: async function () {
      this.set((await queueAge(database)) ?? 0);
    },
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
    count({ kind, outcome, timings, pixels }) {
      attempts.inc({ kind, outcome });
      megapixels.inc(pixels / 1e6);
      for (const [stage, time] of Object.entries(timings)) stages.observe({ kind, stage }, time / 1000);
    },
  };
}

/** Seconds; null when nothing waits. */
export async function queueAge(database: Database): Promise<number | null> {
  const [{ age }] = await database.query<{ age: number | null }>(
    `select extract(epoch from now() - min(created_at))::float8 as age from limner.job where state = 'queued'`,
  );
  return age;
}
