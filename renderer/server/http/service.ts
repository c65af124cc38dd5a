/** The HTTP API. See routes/ for what it does, access.ts for who may, SECURITY.md for what it defends against. */
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { LimnerError } from '../../../models/errors.ts';
import { addAccess, requireToken } from './access.ts';
import type { ServiceContext } from './context.ts';
import { answerMalformed, sendError } from './http-error.ts';
import { openApiOptions } from './openapi.ts';
import { consentRoutes } from './routes/consents.ts';
import { deliveryRoutes } from './routes/deliveries.ts';
import { healthRoutes } from './routes/health.ts';
import { jobEventRoutes } from './routes/job-events.ts';
import { jobRoutes } from './routes/jobs.ts';
import { ledgerRoutes } from './routes/ledger.ts';
import { pageRoutes } from './routes/pages.ts';
import { pictureRoutes } from './routes/pictures.ts';
import { queueRoutes } from './routes/queue.ts';
import { statusRoutes } from './routes/status.ts';
import { styleRoutes } from './routes/styles.ts';
import { tenantRoutes } from './routes/tenants.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { windowRoutes } from './routes/window.ts';
import { addTracing } from './tracing.ts';

/** Bytes of a request in JSON: a batch of a thousand portraits has 70 kB. */
const MAX_JSON = 2 ** 20;
/** Media types of files. */
const FILES = /^(image\/[\w.+-]+|application\/(octet-stream|zip))$/;
/** Milliseconds for a request to arrive whole. */
const REQUEST_TIMEOUT = 120_000;
/** Milliseconds for the routes to be ready: they read files, also where the machine is busy. */
const START_TIMEOUT = 60_000;

export async function createService(context: ServiceContext): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: context.log.child({}, { serializers: { req: loggedRequest } }),
    frameworkErrors: sendError,
    clientErrorHandler: answerMalformed,
    trustProxy: [...context.access.proxies],
    bodyLimit: MAX_JSON,
    requestTimeout: REQUEST_TIMEOUT,
    pluginTimeout: START_TIMEOUT,
    genReqId: () => crypto.randomUUID(),
    // Streams of events would otherwise keep a renderer from stopping.
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  }) as unknown as FastifyInstance;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(sendError);
  app.setNotFoundHandler(({ method, url }) => {
    throw new LimnerError('ROUTE_NOT_FOUND', `There is no ${method} ${url.split('?')[0]}.`);
  });
  app.addContentTypeParser(FILES, { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  addHeaders(app);
  addTracing(app, context.tracer ?? null);
  app.addHook('onResponse', async ({ method, routeOptions }, { statusCode, elapsedTime }) =>
    context.metrics.countAnswer({
      method,
      route: routeOptions.url ?? 'none',
      status: statusCode,
      seconds: elapsedTime / 1000,
    }),
  );
  await addAccess(app, context.database, context.access);
  await app.register(swagger, openApiOptions);
  await app.register(pageRoutes);
  await app.register(windowRoutes);
  await app.register(healthRoutes, { context });
  await app.register(
    async (api) => {
      api.addHook('onRequest', requireToken);
      await api.register(jobRoutes, { context });
      await api.register(jobEventRoutes, { context });
      await api.register(deliveryRoutes, { context });
      await api.register(queueRoutes, { context });
      await api.register(pictureRoutes, { context });
      await api.register(styleRoutes, { context });
      await api.register(consentRoutes, { context });
      await api.register(ledgerRoutes, { context });
      await api.register(statusRoutes, { context });
      await api.register(tokenRoutes, { context });
      await api.register(tenantRoutes, { context });
    },
    { prefix: '/v1' },
  );
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  return app;
}

/** Without the query: a token that somebody put there by mistake is not to be kept. */
const loggedRequest = ({ method, url, ip }: FastifyRequest) => ({
  method,
  url: url.split('?')[0],
  remoteAddress: ip,
});

/** No answer is to be run, framed or guessed about by a browser. */
function addHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
    });
  });
}
