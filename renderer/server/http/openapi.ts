import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifySchema } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import { z } from 'zod';
import { errorBodySchema } from '../../../protocol/renderer-api/index.ts';
import { VERSION } from '../../core/version.ts';

export const openApiOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Limner renderer',
      version: VERSION,
      description:
        'Restyles portraits from one style reference. Send pictures once (PUT /v1/pictures/{sha256}), create jobs ' +
        '(PUT /v1/jobs/{id}), follow their events, fetch results. A token sees what is of its tenant; an ' +
        'operator names another one in the header Limner-Tenant. Every error has a stable code; see docs/errors.md.',
    },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    security: [{ token: [] }],
  },
  transform(route) {
    const { schema, url } = jsonSchemaTransform(route);
    return { schema: withFile(schema), url };
  },
  transformObject: (documented) =>
    'openapiObject' in documented
      ? withErrors(documented.openapiObject as Document)
      : documented.swaggerObject,
};

/** A file that is sent is checked by whoever opens it; to the document it is a body of bytes. */
function withFile(schema: FastifySchema): FastifySchema {
  const isFile = schema.consumes?.includes('application/octet-stream') && !schema.body;
  return isFile ? { ...schema, body: { type: 'string', format: 'binary' } } : schema;
}

type Document = Partial<OpenAPIV3_1.Document>;

/** Whatever an operation gives, its refusals are JSON, also those that nobody has foreseen. */
function withErrors(document: Document): Document {
  const content = {
    'application/json': { schema: z.toJSONSchema(errorBodySchema) as OpenAPIV3_1.SchemaObject },
  };
  for (const path of Object.values(document.paths ?? {}))
    for (const operation of Object.values(path ?? {})) {
      const { responses } = operation as OpenAPIV3_1.OperationObject;
      if (!responses) continue;
      for (const [status, response] of Object.entries(responses))
        if (Number(status) >= 400 && status !== '503') Object.assign(response, { content });
      responses['default'] = { description: 'Any other refusal', content };
    }
  return document;
}
