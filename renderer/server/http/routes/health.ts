import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { type ErrorCode, LimnerError } from '../../../../models/errors.ts';
import { healthSchema } from '../../../../protocol/renderer-api/index.ts';
import { requireToken } from '../access.ts';
import type { ServiceContext } from '../context.ts';
import { toHttpError } from '../http-error.ts';
import { lately } from '../lately.ts';

const tags = ['status'];

/** For load balancers and Prometheus. */
export const healthRoutes: FastifyPluginAsyncZod<{ context: ServiceContext }> = async (app, { context }) => {
  const { database, storage, metrics } = context;
  const storageCheck = lately(() => withinTime(storage.check()));

  app.get(
    '/healthz',
    {
      schema: {
        operationId: 'isAlive',
        tags,
        summary: 'Whether the process lives',
        response: { 200: healthSchema },
        security: [],
      },
    },
    async () => ({ ok: true }),
  );

  app.get(
    '/readyz',
    {
      schema: {
        operationId: 'isReady',
        tags,
        summary: 'Whether database and storage can be used',
        security: [],
        response: { 200: healthSchema, 503: healthSchema },
      },
    },
    async (_, reply) => {
      if (!context.lifecycle.isReady)
        return reply.code(503).send({ ok: false, checks: { service: 'STOPPING' satisfies ErrorCode } });
      const checks = {
        database: await verdict(() => database.query('select 1')),
        storage: await verdict(storageCheck),
      };
      const ok = Object.values(checks).every((check) => check === 'ok');
      return reply.code(ok ? 200 : 503).send({ ok, checks });
    },
  );

  app.get(
    '/metrics',
    {
      onRequest: requireToken,
      config: { role: 'operator' },
      schema: { operationId: 'readMetrics', tags, summary: 'For Prometheus', produces: ['text/plain'] },
    },
    async (_, reply) => {
      const { text, type } = await metrics.read();
      return reply.type(type).send(text);
    },
  );
};

const verdict = (check: () => Promise<unknown>): Promise<string> =>
  check().then(
    () => 'ok',
    (error: unknown) => toHttpError(error).code,
  );

/** Milliseconds after which a probe is answered, whatever has been found. */
const PATIENCE = 3000;

function withinTime(work: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new LimnerError('STORAGE_UNAVAILABLE', 'The storage does not answer.'));
    const timer = setTimeout(late, PATIENCE);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
