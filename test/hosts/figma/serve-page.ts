/** Serves the Figma host as a page, with the built plugin in it, on a free port of this machine. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { checkManifest, type Manifest } from '../../../renderer/core/check-manifest.ts';
import { bundle } from './open-in-node.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const root = here('../../../');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

export interface ServedPage {
  readonly url: string;
  close(): void;
}

export interface PageOptions {
  /** Default: any that is free. */
  readonly port?: number;
  /** Folder in which `npm run build` put the plugin. */
  readonly dist: string;
  /** That the plugin may reach, besides those of the manifest: a renderer's address. */
  readonly domains?: readonly string[];
}

export async function servePage({ port = 0, dist, domains = [] }: PageOptions): Promise<ServedPage> {
  const made: Record<string, string | Uint8Array> = {
    '/': await readFile(here('page/page.html')),
    '/page.js': await bundlePage(),
    '/inside.js': await bundle('sandbox/inside.ts'),
    '/quickjs.wasm': await readFile(quickjsWasm()),
    '/plugin/manifest.json': await manifestWith(domains),
    '/figma-theme.css': await readFile(themeCss()),
  };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const type = TYPES[extname(pathname) || '.html'] ?? 'application/octet-stream';
    try {
      const body = made[pathname] ?? (await readFile(fileAt(pathname, dist)));
      response.writeHead(200, { 'content-type': type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => server.close(),
  };
}

/** Of the repository, the built plugin and the sample pictures alone. */
function fileAt(pathname: string, dist: string): string {
  const [, folder, ...rest] = pathname.split('/');
  if (folder === 'plugin' && rest[0] === 'dist') return join(dist, ...rest.slice(1));
  if (folder === 'fixtures') return join(root, 'test/fixtures', ...rest);
  throw new Error('not served');
}

/** As a company adds its renderer. Throws what Figma would not take. */
async function manifestWith(domains: readonly string[]): Promise<string> {
  const manifest: Manifest = JSON.parse(await readFile(join(root, 'manifest.json'), 'utf8'));
  manifest.networkAccess.devAllowedDomains = [...domains];
  const text = JSON.stringify(manifest);
  const faults = checkManifest(text);
  if (faults.length > 0) throw new Error(`Figma would refuse the manifest: ${faults.join('; ')}`);
  return text;
}

async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [here('page/main.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['browser'],
  });
  return outputFiles[0].text;
}

/** Figma's colours, as its documentation lists them and @create-figma-plugin/ui copies them. */
function themeCss(): string {
  return createRequire(import.meta.url).resolve('@create-figma-plugin/ui/css/theme.css');
}

function quickjsWasm(): string {
  const quickjs = createRequire(import.meta.url).resolve('quickjs-emscripten');
  return createRequire(quickjs).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}
