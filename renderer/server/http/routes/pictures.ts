import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { LimnerError } from '../../../../models/errors.ts';
import { pictureInfoSchema, sha256Schema } from '../../../../protocol/renderer-api/index.ts';
import { addPicture, deletePicture, findPicture } from '../../jobs/picture-store.ts';
import type { ServiceContext } from '../context.ts';
import { errorsOf } from './error-responses.ts';
import { fileBody } from './file-body.ts';

const params = z.object({ sha256: sha256Schema });
const tags = ['pictures'];

export const pictureRoutes: FastifyPluginAsyncZod<{ context: ServiceContext }> = async (app, { context }) => {
  const { database, storage, limits } = context;

  app.get(
    '/pictures/:sha256',
    {
      schema: {
        operationId: 'getPicture',
        tags,
        summary: 'Whether the renderer has a picture (ask by HEAD before sending it)',
        params,
        response: { 200: pictureInfoSchema, ...errorsOf(401, 404) },
      },
    },
    async ({ params: { sha256 }, tenant }) => {
      const picture = await findPicture(database, tenant, sha256);
      if (picture) return picture;
      throw new LimnerError('PICTURE_NOT_FOUND', `The renderer has no picture ${sha256}.`);
    },
  );

  app.put(
    '/pictures/:sha256',
    {
      bodyLimit: limits.maxBody,
      schema: {
        operationId: 'putPicture',
        tags,
        summary:
          'Send a picture, an animated GIF or WebP, a video (MP4, MOV, WebM; where the renderer has FFmpeg), or a frame (SVG), once; pictures are kept upright, all of them without metadata',
        params,
        consumes: ['application/octet-stream'],
        response: {
          200: pictureInfoSchema,
          201: pictureInfoSchema,
          ...errorsOf(400, 401, 413, 415, 422, 429, 503, 507),
        },
      },
    },
    async ({ params: { sha256 }, body, tenant }, reply) => {
      const bytes = fileBody(body);
      const { picture, isNew } = await addPicture(context, tenant, sha256, bytes, limits.maxPixels);
      return reply.code(isNew ? 201 : 200).send(picture);
    },
  );

  app.delete(
    '/pictures/:sha256',
    {
      schema: {
        operationId: 'deletePicture',
        tags,
        summary: 'Delete a picture and every job and result made from it',
        params,
        response: { 204: z.null(), ...errorsOf(401, 404) },
      },
    },
    async ({ params: { sha256 }, tenant }, reply) => {
      await deletePicture(database, storage, tenant, sha256);
      return reply.code(204).send(null);
    },
  );
};
