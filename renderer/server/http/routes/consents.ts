import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  consentInputSchema,
  consentSchema,
  newConsentSchema,
  sha256Schema,
} from '../../../../protocol/renderer-api/index.ts';
import { consentsFor, giveConsent, revokeConsent } from '../../jobs/consents.ts';
import type { ServiceContext } from '../context.ts';
import { errorsOf } from './error-responses.ts';

const tags = ['consents'];

export const consentRoutes: FastifyPluginAsyncZod<{ context: ServiceContext }> = async (app, { context }) => {
  const { database } = context;

  app.post(
    '/consents',
    {
      config: { role: 'consents' },
      schema: {
        operationId: 'giveConsent',
        tags,
        summary: 'Record that somebody allows something to be done with a portrait',
        body: consentInputSchema,
        response: { 201: newConsentSchema, ...errorsOf(400, 401) },
      },
    },
    async ({ body, tenant }, reply) => reply.code(201).send(await giveConsent(database, tenant, body)),
  );

  app.get(
    '/consents',
    {
      config: { role: 'consents' },
      schema: {
        operationId: 'listConsents',
        tags,
        summary: 'The consents that were given for a portrait',
        querystring: z.object({ portrait: sha256Schema }),
        response: { 200: z.object({ consents: z.array(consentSchema) }), ...errorsOf(400, 401) },
      },
    },
    async ({ query, tenant }) => ({ consents: await consentsFor(database, tenant, query.portrait) }),
  );

  app.delete(
    '/consents/:id',
    {
      config: { role: 'consents' },
      schema: {
        operationId: 'revokeConsent',
        tags,
        summary: 'Revoke a consent: nothing more is made under it',
        params: z.object({ id: z.string().regex(/^[\w-]{1,64}$/) }),
        response: { 204: z.null(), ...errorsOf(401, 404) },
      },
    },
    async ({ params: { id }, tenant }, reply) => {
      await revokeConsent(database, tenant, id);
      return reply.code(204).send(null);
    },
  );
};
