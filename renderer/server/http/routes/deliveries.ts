import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  deliveryListSchema,
  deliveryLogQuerySchema,
  deliveryLogSchema,
  jobIdSchema,
} from '../../../../protocol/renderer-api/index.ts';
import { deliveriesOf, deliveryLog, redeliver } from '../../jobs/deliveries.ts';
import { findJobRow } from '../../jobs/job-store.ts';
import { keyIn } from '../../jobs/tenants.ts';
import type { ServiceContext } from '../context.ts';
import { errorsOf } from './error-responses.ts';

const params = z.object({ id: jobIdSchema });
const tags = ['webhooks'];

/** What came of calling webhooks. */
export const deliveryRoutes: FastifyPluginAsyncZod<{ context: ServiceContext }> = async (
  app,
  { context },
) => {
  const { database } = context;

  app.get(
    '/deliveries',
    {
      schema: {
        operationId: 'listAllDeliveries',
        tags,
        summary: 'The latest attempts to call the webhooks of all jobs, and what came of them',
        querystring: deliveryLogQuerySchema,
        response: { 200: deliveryLogSchema, ...errorsOf(401, 422) },
      },
    },
    ({ query, tenant }) => deliveryLog(database, tenant, query),
  );

  app.get(
    '/jobs/:id/deliveries',
    {
      schema: {
        operationId: 'listDeliveries',
        tags,
        summary: 'The attempts to call the webhook of a job, and what came of them',
        params,
        response: { 200: deliveryListSchema, ...errorsOf(401, 404) },
      },
    },
    async ({ params: { id }, tenant }) => {
      await findJobRow(database, keyIn(tenant, id));
      return { deliveries: await deliveriesOf(database, keyIn(tenant, id)) };
    },
  );

  app.post(
    '/jobs/:id/deliveries',
    {
      schema: {
        operationId: 'redeliver',
        tags,
        summary: 'Call the webhook of an ended job again',
        params,
        response: { 202: z.null(), ...errorsOf(401, 404, 409) },
      },
    },
    async ({ params: { id }, tenant }, reply) => {
      await redeliver(database, keyIn(tenant, id));
      return reply.code(202).send(null);
    },
  );
};
