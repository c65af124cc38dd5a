import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  tenantInfoSchema,
  tenantInputSchema,
  tenantListSchema,
  tenantNameSchema,
} from '../../../../protocol/renderer-api/index.ts';
import { deleteTenant } from '../../jobs/delete-tenant.ts';
import { listTenants, setTenant } from '../../jobs/tenants.ts';
import type { ServiceContext } from '../context.ts';
import { errorsOf } from './error-responses.ts';

const tags = ['tenants'];
const config = { role: 'operator' } as const;

/** Of the whole renderer, so for its operators alone. */
export const tenantRoutes: FastifyPluginAsyncZod<{ context: ServiceContext }> = async (app, { context }) => {
  const { database, storage } = context;

  app.get(
    '/tenants',
    {
      config,
      schema: {
        operationId: 'listTenants',
        tags,
        summary: 'Who shares the renderer, what each may use and has used',
        response: { 200: tenantListSchema, ...errorsOf(401, 403) },
      },
    },
    async () => ({ tenants: await listTenants(database) }),
  );

  app.put(
    '/tenants/:name',
    {
      config,
      schema: {
        operationId: 'putTenant',
        tags,
        summary: 'Make or change a tenant, whose tokens see nothing of other tenants',
        params: z.object({ name: tenantNameSchema }),
        body: tenantInputSchema,
        response: { 200: tenantInfoSchema, ...errorsOf(401, 403, 422) },
      },
    },
    ({ params: { name }, body }) => setTenant(database, name, body),
  );

  app.delete(
    '/tenants/:name',
    {
      config,
      schema: {
        operationId: 'deleteTenant',
        tags,
        summary: 'Delete a tenant with all that is of it: pictures, jobs, results, styles, consents, tokens',
        params: z.object({ name: tenantNameSchema }),
        response: { 204: z.null(), ...errorsOf(401, 403, 404, 409, 422) },
      },
    },
    async ({ params: { name } }, reply) => {
      await deleteTenant(database, storage, name);
      return reply.code(204).send(null);
    },
  );
};
