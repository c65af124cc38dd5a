/** Who may ask, and for whom: the Host check against DNS rebinding, CORS, the bearer token, its tenant, the rate. */
import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LimnerError } from '../../../models/errors.ts';
import { type Role, TENANT_HEADER } from '../../../protocol/renderer-api/index.ts';
import type { Database } from '../database/database.ts';
import { keyIn, requireTenant } from '../jobs/tenants.ts';
import { type Bearer, findBearer } from '../jobs/tokens.ts';
import { createTokenGuard } from './token-guard.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Key of the token it came with; null without a valid one. */
    tokenName: string | null;
    /** Whose things it is about; only with a token. */
    tenant: string;
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
      TENANT_HEADER,
    ],
    exposedHeaders: ['etag', 'location', 'retry-after', 'x-request-id'],
    credentials: false,
    maxAge: 600,
  });
  app.decorateRequest('tokenName', null);
  app.decorateRequest('roles');
  app.decorateRequest('tenant', '');
  const guard = createTokenGuard((token) => findBearer(database, token));
  app.addHook('onRequest', async (request) => {
    const [, token] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    request.roles = [];
    const bearer = token ? await guard.bearerOf(token, request.ip) : null;
    if (!bearer) return;
    request.tokenName = keyIn(bearer.tenant, bearer.name);
    request.roles = bearer.roles;
    request.tenant = await tenantOf(database, bearer, request);
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

/** The tenant of the token, or any that an operator names. @throws FORBIDDEN, TENANT_NOT_FOUND */
async function tenantOf(
  database: Database,
  { tenant, roles }: Bearer,
  { headers: { [TENANT_HEADER]: wanted = tenant } }: FastifyRequest,
): Promise<string> {
  if (wanted === tenant) return tenant;
  if (!roles.includes('operator')) throw new LimnerError('FORBIDDEN', 'The token is of another tenant.');
  await requireTenant(database, String(wanted));
  return String(wanted);
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
