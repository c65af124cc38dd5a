import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyPluginAsync } from 'fastify';
import { LimnerError } from '../../../../models/errors.ts';

/**
 * The plugin's window, for a Figma that is to preview on the graphics card. Neither the page nor its assets hold any data;
 * they may be framed, because a plugin's window is a frame, and talk to this renderer only.
 */
export const windowRoutes: FastifyPluginAsync = async (app) => {
  const read = remember(readHosted);

  app.get('/ui/', { schema: { hide: true } }, async (request, reply) => {
    const { data, etag } = await read('index.html');
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
      const { name } = request.params;
      if (!/^[a-z-]+\.gz$/.test(name)) throw missing(name);
      const { data, etag } = await read(`assets/${name}`);
      reply.headers({ etag, 'cache-control': 'no-cache' });
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return reply.type('application/gzip').send(data);
    },
  );
};

interface HostedFile {
  readonly data: Buffer;
  readonly etag: string;
}

/** Where `npm run build` puts the window: beside a bundle, or in dist/ of a checkout. */
const hosted = new URL(
  import.meta.url.endsWith('.ts') ? '../../../../dist/hosted/' : './hosted/',
  import.meta.url,
);

async function readHosted(path: string): Promise<HostedFile> {
  try {
    const data = await readFile(new URL(path, hosted));
    return { data, etag: `"${createHash('sha256').update(data).digest('base64url')}"` };
  } catch (cause) {
    throw missing(path, cause);
  }
}

const missing = (path: string, cause?: unknown) =>
  new LimnerError('ROUTE_NOT_FOUND', `The window's file ${path} is not there; npm run build makes it.`, {
    cause,
  });

/** Keeps what was read; what failed is tried again. */
function remember<T>(read: (path: string) => Promise<T>): (path: string) => Promise<T> {
  const known = new Map<string, T>();
  return async (path) => {
    const value = known.get(path) ?? (await read(path));
    known.set(path, value);
    return value;
  };
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
