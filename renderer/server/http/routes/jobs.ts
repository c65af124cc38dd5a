import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { LimnerError } from '../../../../models/errors.ts';
import {
  type Job,
  type JobRequest,
  jobIdSchema,
  jobListQuerySchema,
  jobListSchema,
  jobRequestSchema,
  jobSchema,
  textSchema,
} from '../../../../protocol/renderer-api/index.ts';
import { createJob } from '../../jobs/create-job.ts';
import { cancelJob, deleteJobs, findJob, findJobRow, listJobs } from '../../jobs/job-store.ts';
import { retryJob } from '../../jobs/retry.ts';
import { keyIn } from '../../jobs/tenants.ts';
import type { ServiceContext } from '../context.ts';
import { waitAsPreferred } from '../prefer-wait.ts';
import { refuseWebhook } from '../webhooks/guarded-post.ts';
import { errorsOf } from './error-responses.ts';

const params = z.object({ id: jobIdSchema });
const tags = ['jobs'];
const preferSchema = z.object({
  prefer: z.string().max(200).optional().describe('wait=SECONDS: answer when the job has ended, or then'),
});

/** The same for the same token and key. */
const idOf = (token: string, key: string): string =>
  createHash('sha256')
    .update(JSON.stringify([token, key]))
    .digest('hex')
    .slice(0, 32);

export const jobRoutes: FastifyPluginAsyncZod<{ context: ServiceContext }> = async (app, { context }) => {
  const { database, storage, limits } = context;

  async function create(
    id: string,
    request: JobRequest,
    {
      prefer,
      raw,
      ...by
    }: {
      tenant: string;
      token: string;
      trace: string | undefined;
      prefer: string | undefined;
      raw: IncomingMessage;
    },
  ): Promise<{ job: Job; isNew: boolean }> {
    if (request.webhook) refuseWebhook(request.webhook.url, context.webhookHosts);
    const isNew = await createJob(database, id, request, { ...by, ...limits });
    const key = keyIn(by.tenant, id);
    const gone = new AbortController();
    const leave = () => gone.abort();
    // The connection may serve many more requests.
    raw.socket.once('close', leave);
    await waitAsPreferred(context, key, prefer, gone.signal).finally(() => raw.socket.off('close', leave));
    return { job: await findJob(database, key), isNew };
  }

  app.put(
    '/jobs/:id',
    {
      schema: {
        operationId: 'putJob',
        tags,
        summary: 'Create a job under an id of your choice; the same again changes nothing',
        params,
        headers: preferSchema,
        body: jobRequestSchema,
        response: { 200: jobSchema, 201: jobSchema, ...errorsOf(400, 401, 409, 422, 429) },
      },
    },
    async ({ params: { id }, body, headers, raw, span, tenant, tokenName }, reply) => {
      if (id.includes('.'))
        throw new LimnerError('INVALID_REQUEST', `Expected an id without a full stop but received ${id}.`);
      const { job, isNew } = await create(id, body, {
        tenant,
        token: tokenName!,
        trace: span?.context,
        prefer: headers.prefer,
        raw,
      });
      return reply.code(isNew ? 201 : 200).send(job);
    },
  );

  app.post(
    '/jobs',
    {
      schema: {
        operationId: 'createJob',
        tags,
        summary: 'Create a job under an id of the renderer’s choice; the same Idempotency-Key makes it once',
        headers: preferSchema.extend({ 'idempotency-key': textSchema.min(1).max(255).optional() }),
        body: jobRequestSchema,
        response: { 200: jobSchema, 201: jobSchema, ...errorsOf(400, 401, 409, 422, 429) },
      },
    },
    async ({ body, headers, raw, span, tenant, tokenName }, reply) => {
      const key = headers['idempotency-key'];
      const id = key === undefined ? randomUUID() : idOf(tokenName!, key);
      const { job, isNew } = await create(id, body, {
        tenant,
        token: tokenName!,
        trace: span?.context,
        prefer: headers.prefer,
        raw,
      });
      return reply
        .code(isNew ? 201 : 200)
        .header('location', `/v1/jobs/${job.id}`)
        .send(job);
    },
  );

  app.get(
    '/jobs',
    {
      schema: {
        operationId: 'listJobs',
        tags,
        summary: 'List jobs, newest first',
        querystring: jobListQuerySchema,
        response: { 200: jobListSchema, ...errorsOf(401, 422) },
      },
    },
    ({ query, tenant }) => listJobs(database, tenant, query),
  );

  app.get(
    '/jobs/:id',
    {
      schema: {
        operationId: 'getJob',
        tags,
        summary: 'How a job stands',
        params,
        response: { 200: jobSchema, ...errorsOf(401, 404) },
      },
    },
    ({ params: { id }, tenant }) => findJob(database, keyIn(tenant, id)),
  );

  app.post(
    '/jobs/:id/cancel',
    {
      schema: {
        operationId: 'cancelJob',
        tags,
        summary: 'Cancel a job, within one tile if it runs; one that has ended stays as it is',
        params,
        response: { 200: jobSchema, ...errorsOf(401, 404) },
      },
    },
    ({ params: { id }, tenant }) => cancelJob(database, keyIn(tenant, id)),
  );

  app.post(
    '/jobs/:id/retry',
    {
      schema: {
        operationId: 'retryJob',
        tags,
        summary:
          'Queue a job that failed or was cancelled anew; of a batch all of its jobs that did not succeed',
        params,
        response: { 200: jobSchema, ...errorsOf(401, 404, 409, 422, 429) },
      },
    },
    ({ params: { id }, tenant }) => retryJob(database, keyIn(tenant, id)),
  );

  app.delete(
    '/jobs/:id',
    {
      schema: {
        operationId: 'deleteJob',
        tags,
        summary: 'Cancel a job if need be and delete it with its result',
        params,
        response: { 204: z.null(), ...errorsOf(401, 404) },
      },
    },
    async ({ params: { id }, tenant }, reply) => {
      if ((await deleteJobs(database, storage, [keyIn(tenant, id)])) === 0)
        throw new LimnerError('JOB_NOT_FOUND', `There is no job ${id}.`);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/jobs/:id/result',
    {
      schema: {
        operationId: 'getResult',
        tags,
        summary: 'The picture a job made',
        params,
        produces: ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'application/pdf'],
        response: { 200: z.any().describe('the picture'), 304: z.null(), ...errorsOf(401, 404, 409) },
      },
    },
    async ({ params: { id }, headers, tenant }, reply) => {
      const { state, result, result_key, error } = await findJobRow(database, keyIn(tenant, id));
      if (state === 'queued' || state === 'running')
        throw new LimnerError('JOB_NOT_ENDED', `The job ${id} is ${state}.`);
      if (result?.type !== 'picture' || !result_key)
        throw new LimnerError('NO_RESULT', `The job ${id} made no picture${error ? `: ${error.code}` : ''}.`);
      const etag = `"${result.sha256}"`;
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      if (headers['if-none-match']?.includes(etag)) return reply.code(304).send(null);
      const stream = await storage.stream(result_key).catch((cause: unknown) => {
        if (!(cause instanceof LimnerError && cause.code === 'PICTURE_GONE')) throw cause;
        throw new LimnerError('NO_RESULT', `The result of the job ${id} is gone.`, { cause });
      });
      return reply.type(result.mediaType).header('content-length', result.bytes).send(stream);
    },
  );
};
