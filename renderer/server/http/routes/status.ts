import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  JOB_STATES,
  type JobState,
  type Status,
  statusSchema,
} from '../../../../protocol/renderer-api/index.ts';
import { VERSION } from '../../../core/version.ts';
import type { Database } from '../../database/database.ts';
import { queueAge } from '../../metrics/queue-gauges.ts';
import type { ServiceContext } from '../context.ts';

import { errorsOf } from './error-responses.ts';

export const statusRoutes: FastifyPluginAsyncZod<{ context: ServiceContext }> = async (app, { context }) => {
  const { database, storage, limits } = context;

  app.get(
    '/status',
    {
      config: { role: null },
      schema: {
        operationId: 'getStatus',
        tags: ['status'],
        summary: 'What the renderer is and does',
        response: { 200: statusSchema, ...errorsOf(401) },
      },
    },
    async ({ tenant }): Promise<Status> => ({
      version: VERSION,
      kinds: ['render', 'batch', 'upscale', 'export'],
      database: database.kind,
      storage: storage.kind,
      jobs: await countJobs(database, tenant),
      oldestQueuedSeconds: await queueAge(database, tenant),
      workers: await liveWorkers(database),
      retentionSeconds: limits.retention,
    }),
  );
};

async function countJobs(database: Database, tenant: string): Promise<Record<JobState, number>> {
  const rows = await database.query<{ state: JobState; count: number }>(
    'select state, count(*)::int as count from limner.job where tenant = $1 group by state',
    [tenant],
  );
  const counts = new Map(rows.map(({ state, count }) => [state, count]));
  return Object.fromEntries(JOB_STATES.map((state) => [state, counts.get(state) ?? 0])) as Record<
    JobState,
    number
  >;
}

/** Seconds without a sign of life after which a worker is not shown. */
const SILENCE = 20;

async function liveWorkers(database: Database): Promise<Status['workers']> {
  const rows = await database.query<{ info: Omit<Status['workers'][number], 'seenAt'>; seen_at: Date }>(
    'select info, seen_at from limner.worker where seen_at > now() - make_interval(secs => $1) order by id',
    [SILENCE],
  );
  return rows.map(({ info, seen_at }) => ({ ...info, seenAt: seen_at.toISOString() }));
}
