/** What waits, how long, and whether more workers would help: the same from whichever server it is asked. */
import type { Registry } from 'prom-client';
import type { Database } from '../database/database.ts';
import { addGauge } from './gauge.ts';

/** Seconds that a job of a kind is taken to need (two cores of a server) while none has ended lately. */
const ASSUMED_SECONDS = { render: 3, upscale: 8, export: 8, adapt: 70, sequence: 60 } as const;
/** Seconds without a sign of life after which a worker does not count. */
const SILENCE = 20;

export function addQueueGauges(registry: Registry, database: Database): void {
  addGauge(
    registry,
    { name: 'limner_jobs', help: 'Jobs by state, kind and tenant', labelNames: ['state', 'kind', 'tenant'] },
    async () => {
      const rows = await database.query<{ state: string; kind: string; tenant: string; value: number }>(
        'select state, kind, tenant, count(*)::int as value from limner.job group by state, kind, tenant',
      );
      return rows.map(({ value, ...labels }) => ({ labels, value }));
    },
  );
  addGauge(
    registry,
    {
      name: 'limner_queue_age_seconds',
      help: 'How long the oldest queued job has waited, by kind and tenant',
      labelNames: ['kind', 'tenant'],
    },
    async () => {
      const rows = await database.query<{ kind: string; tenant: string; value: number }>(
        `select kind, tenant, extract(epoch from now() - min(created_at))::float8 as value from limner.job
         where state = 'queued' group by kind, tenant`,
      );
      return rows.map(({ value, ...labels }) => ({ labels, value }));
    },
  );
  addGauge(
    registry,
    {
      name: 'limner_queue_work_seconds',
      help: 'Seconds that one worker process would need for all that waits, as long as jobs of the last hour took: scale by it',
    },
    async () => [{ value: await waitingWork(database) }],
  );
  addGauge(
    registry,
    { name: 'limner_worker_processes', help: 'Jobs that all workers together take at once' },
    async () =>
      database.query<{ value: number }>(
        `select coalesce(sum((info->>'processes')::int), 0)::int as value from limner.worker
       where seen_at > now() - make_interval(secs => ${SILENCE})`,
      ),
  );
}

async function waitingWork(database: Database): Promise<number> {
  const rows = await database.query<{
    kind: keyof typeof ASSUMED_SECONDS;
    count: number;
    seconds: number | null;
  }>(
    `with taken as (
       select kind, avg(extract(epoch from ended_at - tried_at))::float8 as seconds from limner.job
       where ended_at > now() - interval '1 hour' and state = 'succeeded' and tried_at is not null group by kind
     )
     select kind, count(*)::int as count, max(taken.seconds) as seconds from limner.job left join taken using (kind)
     where state = 'queued' and queue_id is not null group by kind`,
  );
  return rows.reduce((sum, { kind, count, seconds }) => sum + count * (seconds ?? ASSUMED_SECONDS[kind]), 0);
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
