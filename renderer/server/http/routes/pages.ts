import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyPluginAsync } from 'fastify';

/** Paths of the pages for people, and what they are made of. */
const PAGES = { '/': 'status', '/admin': 'admin' } as const;

/**
 * The pages hold no data: they ask for the token and do what they do by the API. Only the script and the style that are in
 * them may run.
 */
export const pageRoutes: FastifyPluginAsync = async (app) => {
  const frame = await read('frame');
  for (const [path, name] of Object.entries(PAGES)) {
    const html = within(frame, await read(name));
    const policy = policyOf(html);
    app.get(path, { schema: { hide: true } }, (_, reply) =>
      reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(html),
    );
  }
};

/** ../pages/, or in a bundle the folder beside the file this one is in. */
const base = new URL(import.meta.url.endsWith('.ts') ? '../pages/' : './pages/', import.meta.url);
const read = (name: string) => readFile(new URL(`${name}.html`, base), 'utf8');

/** A page: markup and script of its own, in those that all have. */
function within(frame: string, page: string): string {
  const [markup, rest = ''] = page.split('<script>\n');
  const [script] = rest.split('</script>');
  return frame.replace('<!-- body -->', () => markup).replace('/* script */', () => script);
}

const policyOf = (html: string): string =>
  [
    "default-src 'none'",
    "connect-src 'self'",
    'img-src blob:',
    `script-src ${hashOf(html, 'script')}`,
    `style-src ${hashOf(html, 'style')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

function hashOf(html: string, tag: 'script' | 'style'): string {
  const [, content = ''] = new RegExp(`<${tag}>([^]*)</${tag}>`).exec(html) ?? [];
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
