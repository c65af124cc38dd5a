import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { LimnerError } from '../../../../models/errors.ts';
import {
  newTokenSchema,
  type Role,
  tokenInputSchema,
  tokenListSchema,
  tokenNameSchema,
} from '../../../../protocol/renderer-api/index.ts';
import { isOperator, listTokens, revokeToken, rotateToken } from '../../jobs/tokens.ts';
import type { ServiceContext } from '../context.ts';
import { errorsOf } from './error-responses.ts';

const tags = ['tokens'];
const params = z.object({ name: tokenNameSchema });
const config = { role: 'admin' } as const;

/** An operator's token is made, replaced and ended by operators. @throws FORBIDDEN */
function requireOperator(roles: readonly Role[]): void {
  if (roles.includes('operator')) return;
  throw new LimnerError('FORBIDDEN', 'The token has not the role operator.');
}

/** While the renderer runs: the database in a folder is open to nobody else. */
export const tokenRoutes: FastifyPluginAsyncZod<{ context: ServiceContext }> = async (app, { context }) => {
  const { database } = context;

  app.get(
    '/tokens',
    {
      config,
      schema: {
        operationId: 'listTokens',
        tags,
        summary: 'Whose tokens there are, and what they may do',
        response: { 200: tokenListSchema, ...errorsOf(401, 403) },
      },
    },
    async ({ tenant }) => ({ tokens: await listTokens(database, tenant) }),
  );

  app.put(
    '/tokens/:name',
    {
      config,
      schema: {
        operationId: 'rotateToken',
        tags,
        summary: 'Make a token, shown this once; an older one of the same name ends',
        params,
        body: tokenInputSchema,
        response: { 201: newTokenSchema, ...errorsOf(401, 403, 422) },
      },
    },
    async ({ params: { name }, body: { roles: wanted, weight }, tenant, roles }, reply) => {
      if (wanted.includes('operator') || weight !== undefined) requireOperator(roles);
      if (await isOperator(database, name, tenant)) requireOperator(roles);
      const token = await rotateToken(database, name, { tenant, roles: wanted, weight });
      return reply.code(201).send({ token });
    },
  );

  app.delete(
    '/tokens/:name',
    {
      config,
      schema: {
        operationId: 'revokeToken',
        tags,
        summary: 'End a token',
        params,
        response: { 204: z.null(), ...errorsOf(401, 403, 404) },
      },
    },
    async ({ params: { name }, tenant, roles }, reply) => {
      if (await isOperator(database, name, tenant)) requireOperator(roles);
      if (!(await revokeToken(database, name, tenant)))
        throw new LimnerError('NOT_FOUND', `There is no token ${name}.`);
      return reply.code(204).send(null);
    },
  );
};
