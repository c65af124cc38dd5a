/** What is kept, what should be gone by now, and whom webhooks have still to tell. */
import type { Registry } from 'prom-client';
import { type Database, QUEUE_SCHEMA } from '../database/database.ts';
import { WEBHOOK_QUEUE } from '../jobs/queue.ts';
import { addGauge } from './gauge.ts';

/** Seconds by which something may be late before it is overdue: retention looks every minute. */
const GRACE = 300;

/** @param retention seconds for which pictures and ended jobs are kept */
export function addUpkeepGauges(registry: Registry, database: Database, retention: number): void {
  addGauge(
    registry,
    {
      name: 'limner_kept_bytes',
      help: 'Bytes kept, by tenant and what they are',
      labelNames: ['tenant', 'what'],
    },
    async () => {
      const rows = await database.query<{ tenant: string; what: string; value: number }>(
        `select tenant, what, sum(bytes)::float8 as value from (
           select tenant, 'pictures' as what, bytes from limner.picture
           union all select tenant, 'styles', bytes from limner.style
           union all select tenant, 'results', (result->>'bytes')::bigint from limner.job
             where result is not null and result->>'type' = 'picture') as kept
         group by tenant, what`,
      );
      return rows.map(({ value, ...labels }) => ({ labels, value }));
    },
  );
  addGauge(
    registry,
    {
      name: 'limner_retention_overdue',
      help: 'Ended jobs and unused pictures older than retention keeps them: none, where retention works',
      labelNames: ['what'],
    },
    async () => {
      const [{ jobs, pictures }] = await database.query<{ jobs: number; pictures: number }>(
        `select (select count(*)::int from limner.job where parent is null and ended_at < now() - $1 * interval '1 second') as jobs,
           (select count(*)::int from limner.picture where used_at < now() - $1 * interval '1 second' and not exists (
             select 1 from limner.job where inputs @> array[sha256] and job.tenant = picture.tenant
               and not limner.has_ended(state))) as pictures`,
        [retention + GRACE],
      );
      return [
        { labels: { what: 'jobs' }, value: jobs },
        { labels: { what: 'pictures' }, value: pictures },
      ];
    },
  );
  addGauge(
    registry,
    {
      name: 'limner_removals_pending',
      help: 'Files that are to be removed, by whether that has failed before',
      labelNames: ['failed'],
    },
    async () => {
      const [{ fresh, failed }] = await database.query<{ fresh: number; failed: number }>(
        `select (count(*) filter (where attempts = 0))::int as fresh, (count(*) filter (where attempts > 0))::int as failed
         from limner.trash where due <= now() or attempts > 0`,
      );
      return [
        { labels: { failed: 'no' }, value: fresh },
        { labels: { failed: 'yes' }, value: failed },
      ];
    },
  );
  addGauge(
    registry,
    {
      name: 'limner_webhook_deliveries',
      help: 'Attempts to call webhooks of jobs that are kept, by what was answered',
      labelNames: ['outcome'],
    },
    async () => {
      const rows = await database.query<{ outcome: string; value: number }>(
        `select coalesce(status::text, error) as outcome, count(*)::int as value from limner.delivery group by 1`,
      );
      return rows.map(({ value, outcome }) => ({ labels: { outcome }, value }));
    },
  );
  addGauge(
    registry,
    {
      name: 'limner_webhooks_waiting',
      help: 'Webhooks to be called: created (not yet), retry (again, later), active (now), failed (given up)',
      labelNames: ['state'],
    },
    async () => {
      const rows = await database.query<{ state: string; value: number }>(
        `select state::text, count(*)::int as value from ${QUEUE_SCHEMA}.job
         where name = $1 and state in ('created', 'retry', 'active', 'failed') group by 1`,
        [WEBHOOK_QUEUE],
      );
      return rows.map(({ value, state }) => ({ labels: { state }, value }));
    },
  );
}
