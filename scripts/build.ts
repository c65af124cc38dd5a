/** `npm run build [-- FOLDER]`: the command line, the library and the Figma plugin under dist/ or a folder named. */
import { chmod, cp, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { checkManifest } from '../renderer/core/check-manifest.ts';
import { buildWindow } from './build-window.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = resolve(process.argv[2] ?? join(root, 'dist'));

const faults = checkManifest(await readFile(join(root, 'manifest.json'), 'utf8'));
if (faults.length > 0) {
  console.error(`Figma would refuse manifest.json:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  process.exit(1);
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

await build({
  entryPoints: {
    limner: join(root, 'renderer/limner.ts'),
    'render-process': join(root, 'renderer/server/worker/process.ts'),
    'inspect-process': join(root, 'renderer/server/intake/process.ts'),
  },
  outdir: dist,
  bundle: true,
  // Beside the entries: modules find other files by where they are themselves.
  splitting: true,
  chunkNames: '[name]-[hash]',
  platform: 'node',
  format: 'esm',
  target: 'node22.12',
  packages: 'external',
  logLevel: 'warning',
});
await chmod(join(dist, 'limner.js'), 0o755);
await build({
  entryPoints: [join(root, 'models/index.ts')],
  outfile: join(dist, 'index.js'),
  bundle: true,
  platform: 'neutral',
  format: 'esm',
  target: 'es2022',
  packages: 'external',
  logLevel: 'warning',
});
await cp(join(root, 'renderer/server/http/pages'), join(dist, 'pages'), { recursive: true });
await cp(join(root, 'renderer/rating/server/rating-page'), join(dist, 'rating-page'), { recursive: true });

await build({
  entryPoints: [join(root, 'plugin/main.ts')],
  outfile: join(dist, 'plugin.js'),
  bundle: true,
  format: 'iife',
  minify: true,
  target: 'es2020',
  logLevel: 'warning',
});
await buildWindow(dist);

console.log(`Built limner.js (command line), index.js (library), plugin.js and ui.html (Figma) in ${dist}.`);
