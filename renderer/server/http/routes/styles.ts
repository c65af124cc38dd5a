import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { MAX_STYLE_BYTES } from '../../../../models/style-file/index.ts';
import { styleIdSchema, styleInfoSchema, styleListSchema } from '../../../../protocol/renderer-api/index.ts';
import { addStyle, deleteStyle, listStyles, readStyle } from '../../jobs/style-store.ts';
import type { ServiceContext } from '../context.ts';
import { errorsOf } from './error-responses.ts';
import { fileBody } from './file-body.ts';

const params = z.object({ id: styleIdSchema });
const tags = ['styles'];

/** A style is made by a job of kind `adapt`, sent as the file that `limner adapt` wrote, or comes with Limner. */
export const styleRoutes: FastifyPluginAsyncZod<{ context: ServiceContext }> = async (app, { context }) => {
  const { database, storage, inspector } = context;

  app.get(
    '/styles',
    {
      schema: {
        operationId: 'listStyles',
        tags,
        summary: 'List styles, those that come with Limner last',
        response: { 200: styleListSchema, ...errorsOf(401) },
      },
    },
    async ({ tenant }) => ({ styles: await listStyles(database, tenant) }),
  );

  app.put(
    '/styles/:id',
    {
      config: { role: 'styles' },
      bodyLimit: MAX_STYLE_BYTES,
      schema: {
        operationId: 'putStyle',
        tags,
        summary: 'Send a style file (.limner)',
        params,
        consumes: ['application/octet-stream'],
        response: { 200: styleInfoSchema, 201: styleInfoSchema, ...errorsOf(401, 409, 413, 415, 422) },
      },
    },
    async ({ params: { id }, body, tenant }, reply) => {
      const { style, isNew } = await addStyle(context, tenant, id, fileBody(body));
      return reply.code(isNew ? 201 : 200).send(style);
    },
  );

  app.get(
    '/styles/:id',
    {
      schema: {
        operationId: 'getStyle',
        tags,
        summary: 'The style file; the picture of a built-in style',
        params,
        produces: ['application/octet-stream', 'image/webp'],
        response: { 200: z.any().describe('the file'), ...errorsOf(401, 404) },
      },
    },
    async ({ params: { id }, tenant }, reply) => {
      const style = await readStyle(database, storage, tenant, id);
      const [bytes, extension, type] =
        'file' in style
          ? [style.file, 'limner', 'application/octet-stream']
          : [style.bytes, 'webp', 'image/webp'];
      reply.header('content-disposition', `attachment; filename="${id}.${extension}"`);
      return reply.type(type).send(bytes);
    },
  );

  app.get(
    '/styles/:id/thumbnail',
    {
      schema: {
        operationId: 'getThumbnail',
        tags,
        summary: 'A small picture of the style',
        params,
        produces: ['image/png'],
        response: { 200: z.any().describe('the picture'), ...errorsOf(401, 404) },
      },
    },
    async ({ params: { id }, tenant }, reply) => {
      const style = await readStyle(database, storage, tenant, id);
      const { thumbnail } = await inspector.inspect(
        'file' in style ? { type: 'style', bytes: style.file } : { type: 'thumbnail', bytes: style.bytes },
      );
      return reply.type('image/png').send(Buffer.from(thumbnail));
    },
  );

  app.delete(
    '/styles/:id',
    {
      config: { role: 'styles' },
      schema: {
        operationId: 'deleteStyle',
        tags,
        summary: 'Delete a style; pictures made in it stay',
        params,
        response: { 204: z.null(), ...errorsOf(401, 404, 409) },
      },
    },
    async ({ params: { id }, tenant }, reply) => {
      await deleteStyle(database, storage, tenant, id);
      return reply.code(204).send(null);
    },
  );
};
