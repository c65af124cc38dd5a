import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyPluginAsync } from 'fastify';

/**
 * The page for people. It holds no data: it asks for the token and fetches what it shows by the API. Only the script and the
 * style that are in it may run.
 */
export const statusPage: FastifyPluginAsync = async (app) => {
  const html = await readFile(new URL('status-page.html', base), 'utf8');
  const policy = [
    "default-src 'none'",
    "connect-src 'self'",
    'img-src blob:',
    `script-src ${hashOf(html, 'script')}`,
    `style-src ${hashOf(html, 'style')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  app.get('/', { schema: { hide: true } }, (_, reply) =>
    reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(html),
  );
};

/** This folder's parent, or in a bundle the folder the bundle is in. */
const base = import.meta.url.endsWith('.ts') ? new URL('../', import.meta.url) : import.meta.url;

function hashOf(html: string, tag: 'script' | 'style'): string {
  const [, content = ''] = new RegExp(`<${tag}>([^]*)</${tag}>`).exec(html) ?? [];
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
