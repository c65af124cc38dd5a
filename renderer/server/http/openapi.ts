import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { VERSION } from '../../core/version.ts';

export const openApiOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Limner renderer',
      version: VERSION,
      description:
        'Restyles portraits from one style reference. Send pictures once (PUT /v1/pictures/{sha256}), create jobs ' +
        '(PUT /v1/jobs/{id}), follow their events, fetch results. Every error has a stable code; see docs/errors.md.',
    },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    security: [{ token: [] }],
  },
  transform: jsonSchemaTransform,
};
