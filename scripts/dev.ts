/**
 * `npm run dev`: builds, serves the playground and a renderer, and builds again whenever a source changes: reload the
 * page. The renderer is started anew, for it holds its code in memory. Ctrl+C ends all of it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = ['models', 'protocol', 'plugin', 'renderer', 'ui'];
/** ms: editors write several files at once. */
const SETTLED = 300;

const run = (script: string, ...args: string[]): ChildProcess =>
  spawn(process.execPath, ['--experimental-strip-types', '--no-warnings', join(root, script), ...args], {
    stdio: 'inherit',
  });
const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    child.once('exit', resolve);
  });

const serve = () => run('renderer/limner.ts', 'serve', '--data', join(root, '.cache/dev'));
let renderer: ChildProcess | undefined;

async function rebuild(): Promise<void> {
  if ((await ended(run('scripts/build.ts'))) !== 0) return;
  const old = renderer;
  renderer = undefined;
  if (old && old.exitCode === null) {
    old.kill('SIGTERM');
    await ended(old);
  }
  renderer = serve();
}

let isBuilding = false;
let isAsked = false;
async function buildWhenAsked(): Promise<void> {
  isAsked = true;
  if (isBuilding) return;
  isBuilding = true;
  while (isAsked) {
    isAsked = false;
    await rebuild();
  }
  isBuilding = false;
}

await buildWhenAsked();
const playground = run('test/hosts/figma/playground.ts');
let timer: NodeJS.Timeout | undefined;
for (const folder of SOURCES) {
  watch(join(root, folder), { recursive: true }, (_, file) => {
    if (!file || !/\.(tsx?|css|html|json)$/.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void buildWhenAsked(), SETTLED);
  });
}
process.once('SIGINT', () => {
  playground.kill();
  renderer?.kill('SIGTERM');
  process.exit(130);
});
