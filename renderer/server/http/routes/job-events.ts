import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { LimnerError } from '../../../../models/errors.ts';
import { jobIdSchema } from '../../../../protocol/renderer-api/index.ts';
import { eventsAfter } from '../../jobs/job-store.ts';
import { keyIn } from '../../jobs/tenants.ts';
import type { ServiceContext } from '../context.ts';
import { eventStream } from '../event-stream.ts';
import { errorsOf } from './error-responses.ts';

const params = z.object({ id: jobIdSchema });
const tags = ['jobs'];

/** The largest number an event can have. */
const LAST_EVENT = 2 ** 31 - 1;

export const jobEventRoutes: FastifyPluginAsyncZod<{ context: ServiceContext }> = async (
  app,
  { context },
) => {
  const { database, limits } = context;

  /** How many are open, by the name of the token. */
  const streams = new Map<string, number>();
  app.get(
    '/jobs/:id/events',
    {
      schema: {
        operationId: 'followJob',
        tags,
        summary:
          'What happens to a job, as server-sent events; Last-Event-ID goes on where a connection broke',
        params,
        headers: z.object({ 'last-event-id': z.coerce.number().int().min(0).max(LAST_EVENT).default(0) }),
        produces: ['text/event-stream'],
        response: {
          200: z.any().describe('one `JobEvent` an event'),
          204: z.null().describe('the job has ended and has no later events'),
          ...errorsOf(401, 404, 429),
        },
      },
    },
    async ({ params: { id }, headers, raw, tenant, tokenName }, reply) => {
      const key = keyIn(tenant, id);
      const after = headers['last-event-id'];
      const { events, hasEnded } = await eventsAfter(database, key, after);
      if (hasEnded && events.length === 0) return reply.code(204).send(null);
      const open = streams.get(tokenName!) ?? 0;
      if (open >= limits.maxStreams)
        throw new LimnerError('RATE_LIMITED', `This token has ${open} streams of events open already.`);
      streams.set(tokenName!, open + 1);
      const closed = new AbortController();
      raw.on('close', () => closed.abort());
      reply.raw.once('close', () => {
        streams.set(tokenName!, streams.get(tokenName!)! - 1);
        closed.abort();
      });
      return reply
        .type('text/event-stream')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(eventStream(context, key, { after, first: events }, closed.signal));
    },
  );
};
