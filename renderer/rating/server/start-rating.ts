/** `limner rate serve`: a page on this machine that shows a plan's pictures and takes votes. */
import { readFile } from 'node:fs/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ERRORS, LimnerError } from '../../../models/errors.ts';
import { failureOf, toLimnerError } from '../../core/errors.ts';
import { type OpenedPlan, readStimuli } from '../plan/plan.ts';
import { Sessions } from './session.ts';
import { eraseRater, screenSchema } from './vote-files.ts';

export interface RatingServer {
  /** http://127.0.0.1:PORT */
  readonly url: string;
  stop(): Promise<void>;
}

/** Others reach it through a tunnel of their own, or not at all: votes and portraits are nobody else's business. */
const HOST = '127.0.0.1';
const NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

const POLICY = [
  "default-src 'none'",
  "connect-src 'self'",
  'img-src blob:',
  "script-src 'self'",
  "style-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const PAGE = {
  '/': ['index.html', 'text/html'],
  '/style.css': ['style.css', 'text/css'],
  '/page.js': ['page.js', 'text/javascript'],
  '/clock.js': ['clock.js', 'text/javascript'],
  '/pictures.js': ['pictures.js', 'text/javascript'],
  '/server.js': ['server.js', 'text/javascript'],
} as const;

/** Where the page lies: beside this file, and in a bundle beside the bundle. */
const base = new URL('rating-page/', import.meta.url);

/** @throws BAD_PLAN when a picture is not the planned one, ADDRESS_IN_USE, ADDRESS_UNAVAILABLE */
export async function startRating(opened: OpenedPlan, port: number): Promise<RatingServer> {
  const pictures = await readStimuli(opened);
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 2 ** 14 });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  guard(app);
  await addPage(app);
  app.get<{ Params: { id: string } }>('/pictures/:id', (request, reply) => {
    const bytes = pictures.get(request.params.id);
    if (!bytes) throw new LimnerError('PICTURE_NOT_FOUND', 'There is no such picture.');
    return reply.type('application/octet-stream').send(Buffer.from(bytes));
  });
  addVoting(app, opened);
  const url = await app.listen({ host: HOST, port }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EADDRINUSE')
      throw new LimnerError('ADDRESS_IN_USE', `Something else listens at ${HOST} port ${port}.`, { cause });
    throw new LimnerError('ADDRESS_UNAVAILABLE', `Cannot listen at ${HOST} port ${port}.`, { cause });
  });
  return { url, stop: () => app.close() };
}

/** Pages elsewhere on the web cannot ask: names that are not this machine's are refused, and no answer is shared. */
function guard(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ headers: { host = '' } }, reply) => {
    reply.headers({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    if (NAMES.has(host.replace(/:\d+$/, '').toLowerCase())) return;
    throw new LimnerError('HOST_REFUSED', `This page is not known by the name ${JSON.stringify(host)}.`);
  });
  app.setErrorHandler((error, _, reply) => {
    const known =
      error instanceof Error && 'validation' in error
        ? new LimnerError('INVALID_REQUEST', `The request is not valid: ${error.message}.`)
        : toLimnerError(error);
    return reply.code(ERRORS[known.code].status).send({ error: failureOf(known) });
  });
}

async function addPage(app: FastifyInstance): Promise<void> {
  for (const [path, [file, type]] of Object.entries(PAGE)) {
    const text = await readFile(new URL(file, base), 'utf8');
    app.get(path, (_, reply) => reply.type(`${type}; charset=utf-8`).send(text));
  }
}

const count = z.number().int().min(0);
const params = z.object({ rater: z.string().max(20) });

function addVoting(instance: FastifyInstance, opened: OpenedPlan): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const sessions = new Sessions(opened);
  app.post('/raters', { schema: { body: z.strictObject({ screen: screenSchema }) } }, ({ body }) =>
    sessions.begin(body.screen),
  );
  app.get('/raters/:rater', { schema: { params } }, (request) => sessions.find(request.params.rater));
  const vote = z.strictObject({
    place: count,
    value: z.number().int().min(-1).max(5),
    milliseconds: count,
    active: count,
  });
  app.post('/raters/:rater/votes', { schema: { params, body: vote } }, async (request, reply) => {
    await sessions.vote(request.params.rater, request.body);
    return reply.code(204).send();
  });
  const step = z.strictObject({ kind: z.enum(['pause', 'resume']), active: count });
  app.post('/raters/:rater/steps', { schema: { params, body: step } }, async (request, reply) => {
    const { kind, active } = request.body;
    await sessions.step(request.params.rater, kind, active);
    return reply.code(204).send();
  });
  app.delete('/raters/:rater', { schema: { params } }, async (request) => ({
    erased: await eraseRater(opened.folder, request.params.rater),
  }));
}
