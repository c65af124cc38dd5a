/** Who may ask: the Host check against DNS rebinding, CORS, the bearer token, the rate. */
import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LimnerError } from '../../../models/errors.ts';
import type { Role } from '../../../protocol/renderer-api/index.ts';
import type { Database } from '../database/database.ts';
import { findBearer } from '../jobs/tokens.ts';
import { createTokenGuard } from './token-guard.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Name of the token it came with; null without a valid one. */
    tokenName: string | null;
    /** What that token may do. */
    roles: readonly Role[];
  }
  interface FastifyContextConfig {
    /** The role that it takes; null: any token. */
    role?: Role | null;
  }
}

export interface AccessOptions {
  /** Names beside loopback ones that the renderer is reached by. */
  readonly hosts: readonly string[];
  /** Origins beside `null` (a Figma plugin's) whose pages may read answers. */
  readonly origins: readonly string[];
  /** Requests a minute of one token, or of one address without a token. */
  readonly requestsPerMinute: number;
  /** Addresses, or ranges of them, of the proxies whose word on where a request comes from is taken. */
  readonly proxies: readonly string[];
}

/** For load balancers, which call by address, all day, and without a token. */
const PROBES = new Set(['/healthz', '/readyz']);

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export async function addAccess(
  app: FastifyInstance,
  database: Database,
  options: AccessOptions,
): Promise<void> {
  const hosts = new Set([...LOOPBACK, ...options.hosts].map((host) => host.toLowerCase()));
  app.addHook('onRequest', async (request, reply) => {
    if (!PROBES.has(pathOf(request))) refuseHost(request, hosts);
    // A page on the web asks for this before it may talk to this machine (Private Network Access).
    if (request.headers['access-control-request-private-network'])
      reply.header('access-control-allow-private-network', 'true');
  });
  await app.register(cors, {
    origin: ['null', ...options.origins],
    methods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'if-none-match',
      'last-event-id',
      'prefer',
      'idempotency-key',
    ],
    exposedHeaders: ['etag', 'location', 'retry-after', 'x-request-id'],
    credentials: false,
    maxAge: 600,
  });
  app.decorateRequest('tokenName', null);
  app.decorateRequest('roles');
  const guard = createTokenGuard((token) => findBearer(database, token));
  app.addHook('onRequest', async (request) => {
    const [, token] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const bearer = token ? await guard.bearerOf(token, request.ip) : null;
    request.tokenName = bearer?.name ?? null;
    request.roles = bearer?.roles ?? [];
  });
  await app.register(rateLimit, {
    max: options.requestsPerMinute,
    timeWindow: 60_000,
    allowList: (request) => PROBES.has(pathOf(request)),
    keyGenerator: ({ tokenName, ip }) => (tokenName === null ? `ip:${ip}` : `token:${tokenName}`),
    errorResponseBuilder: (_, { after }) =>
      new LimnerError('RATE_LIMITED', `Too many requests; the next is taken in ${after}.`),
  });
}

/** For the routes that need a token, and the role `render` unless they say otherwise. @throws UNAUTHORIZED, FORBIDDEN */
export async function requireToken(request: FastifyRequest): Promise<void> {
  if (request.tokenName === null) throw new LimnerError('UNAUTHORIZED', 'The request has no valid token.');
  const { role = 'render' } = request.routeOptions.config;
  if (role !== null && !request.roles.includes(role))
    throw new LimnerError('FORBIDDEN', `The token ${request.tokenName} has not the role ${role}.`);
}

const pathOf = ({ url }: FastifyRequest) => url.split('?')[0];

function refuseHost({ headers: { host = '' } }: FastifyRequest, hosts: ReadonlySet<string>): void {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  if (hosts.has(name)) return;
  throw new LimnerError('HOST_REFUSED', `The renderer is not known by the name ${JSON.stringify(name)}.`);
}
