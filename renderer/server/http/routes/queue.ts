import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { queueInfoSchema, queueInputSchema } from '../../../../protocol/renderer-api/index.ts';
import { queueInfo, setPaused } from '../../jobs/pause.ts';
import type { ServiceContext } from '../context.ts';
import { errorsOf } from './error-responses.ts';

const tags = ['queue'];

/** Of the whole renderer: all see whether it is paused, operators pause it. */
export const queueRoutes: FastifyPluginAsyncZod<{ context: ServiceContext }> = async (app, { context }) => {
  const { database } = context;

  app.get(
    '/queue',
    {
      config: { role: null },
      schema: {
        operationId: 'getQueue',
        tags,
        summary: 'Whether the queue is paused',
        response: { 200: queueInfoSchema, ...errorsOf(401) },
      },
    },
    () => queueInfo(database),
  );

  app.put(
    '/queue',
    {
      config: { role: 'operator' },
      schema: {
        operationId: 'putQueue',
        tags,
        summary:
          'Pause the queue, or let it go on: jobs are taken and wait, what runs goes on, nothing begins',
        body: queueInputSchema,
        response: { 200: queueInfoSchema, ...errorsOf(401, 403, 422) },
      },
    },
    ({ body: { isPaused }, tokenName }) => setPaused(database, isPaused, tokenName!),
  );
};
