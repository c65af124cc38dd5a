import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyPluginAsync } from 'fastify';
import { LimnerError } from '../../../../models/errors.ts';
import { lazy } from '../../../../models/lazy.ts';
import { ASSETS } from '../../../../protocol/window-assets.ts';
import { packAsset } from '../window-assets.ts';

/**
 * The plugin's window, for a Figma that is to preview on the graphics card. Neither the page nor its assets hold any data;
 * they may be framed, because a plugin's window is a frame, and talk to this renderer only.
 */
export const windowRoutes: FastifyPluginAsync = async (app) => {
  const page = lazyFile(readPage);
  const assets = new Map(ASSETS.map((name) => [`${name}.gz`, lazyFile(() => packAsset(name, 'hosted'))]));

  app.get('/ui/', { schema: { hide: true } }, async (request, reply) => {
    const { data, etag } = await page();
    reply.headers({
      etag,
      'cache-control': 'no-cache',
      'content-security-policy': policyOf(data.toString()),
    });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type('text/html; charset=utf-8').send(data);
  });

  app.get<{ Params: { name: string } }>(
    '/ui/assets/:name',
    { schema: { hide: true } },
    async (request, reply) => {
      const asset = assets.get(request.params.name);
      if (!asset) throw new LimnerError('ROUTE_NOT_FOUND', 'The window has no such file.');
      const { data, etag } = await asset();
      reply.headers({ etag, 'cache-control': 'no-cache' });
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return reply.type('application/gzip').send(data);
    },
  );
};

interface ServedFile {
  readonly data: Buffer;
  readonly etag: string;
}

const lazyFile = (read: () => Promise<Buffer>) =>
  lazy(async (): Promise<ServedFile> => {
    const data = await read();
    return { data, etag: `"${createHash('sha256').update(data).digest('base64url')}"` };
  });

/** Where `npm run build` puts the window: beside a bundle, or in dist/ of a checkout. */
const built = new URL(
  import.meta.url.endsWith('.ts') ? '../../../../dist/hosted/index.html' : './hosted/index.html',
  import.meta.url,
);

async function readPage(): Promise<Buffer> {
  try {
    return await readFile(built);
  } catch (cause) {
    throw new LimnerError('ROUTE_NOT_FOUND', "The window's page is not there; npm run build makes it.", {
      cause,
    });
  }
}

function policyOf(html: string): string {
  const opening = '<script type="module">';
  const script = html.slice(html.indexOf(opening) + opening.length, html.lastIndexOf('</script>'));
  const hash = createHash('sha256').update(script).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}' 'wasm-unsafe-eval'`,
    "style-src 'unsafe-inline'",
    'worker-src blob:',
    'img-src blob: data:',
    "connect-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
