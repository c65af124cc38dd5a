import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { healthSchema } from '../../../../protocol/renderer-api/index.ts';
import { requireToken } from '../access.ts';
import type { ServiceContext } from '../context.ts';
import { toHttpError } from '../http-error.ts';

const tags = ['status'];

/** For load balancers and Prometheus. */
export const healthRoutes: FastifyPluginAsyncZod<{ context: ServiceContext }> = async (app, { context }) => {
  const { database, storage, metrics } = context;

  app.get(
    '/healthz',
    { schema: { tags, summary: 'Whether the process lives', response: { 200: healthSchema }, security: [] } },
    async () => ({ ok: true }),
  );

  app.get(
    '/readyz',
    {
      schema: {
        tags,
        summary: 'Whether database and storage can be used',
        security: [],
        response: { 200: healthSchema, 503: healthSchema },
      },
    },
    async (_, reply) => {
      const checks = {
        database: await verdict(() => database.query('select 1')),
        storage: await verdict(() => storage.check()),
      };
      const ok = Object.values(checks).every((check) => check === 'ok');
      return reply.code(ok ? 200 : 503).send({ ok, checks });
    },
  );

  app.get(
    '/metrics',
    { onRequest: requireToken, schema: { tags, summary: 'For Prometheus', produces: ['text/plain'] } },
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
