import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { install } from './install.ts';

/** What somebody has who installed the package: it is found by its name, and no source of it is there. */
const root = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
let folder: string;

function run(script: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'limner-package-'));
  const installed = join(folder, 'node_modules/limner');
  await mkdir(installed, { recursive: true });
  await install(installed);
  const types = run(root('node_modules/typescript/bin/tsc'), [
    ...['--project', root('tsconfig.types.json')],
    ...['--outDir', join(installed, 'dist/types')],
  ]);
  expect(types).toEqual({ status: 0, output: '' });
  for (const name of ['sharp', '@types']) {
    await symlink(root(`node_modules/${name}`), join(folder, 'node_modules', name));
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The first example of docs/library.md, with pictures that are here. */
async function example(): Promise<string> {
  const page = await readFile(root('docs/library.md'), 'utf8');
  const [, code] = page.match(/```ts\n(.*?)```/s) ?? [];
  return code
    .replace("'painting.jpg'", JSON.stringify(root('test/fixtures/joconde.jpg')))
    .replace("'you.jpg'", JSON.stringify(root('test/gallery/portraits/duckworth.jpg')))
    .replace('likeness: 0.6', "likeness: 0.6, quality: 'draft'");
}

test('the example of the docs has the types it claims, and paints', async () => {
  await writeFile(join(folder, 'example.ts'), await example());
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--types', 'node', '--skipLibCheck'];
  expect(run(root('node_modules/typescript/bin/tsc'), [...options, 'example.ts'])).toEqual({
    status: 0,
    output: '',
  });
  const { status, output } = run('--experimental-strip-types', ['--no-warnings', 'example.ts']);
  expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
  const { default: sharp } = await import('sharp');
  const painted = sharp(join(folder, 'you.painted.png'));
  const { width, height } = await sharp(root('test/gallery/portraits/duckworth.jpg')).metadata();
  expect(await painted.metadata()).toMatchObject({ width, height });
  const { channels } = await painted.stats();
  expect(channels[0].stdev).toBeGreaterThan(20);
  // The Mona Lisa is brown: in the mean far more red than blue. The photograph is not.
  expect(channels[0].mean - channels[2].mean).toBeGreaterThan(25);
});

test('a bundler for pages takes it, without anything of Node', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: "import { stylize, useWeights } from 'limner'; console.log(stylize, useWeights);",
      resolveDir: folder,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    external: ['onnxruntime-web'],
    logLevel: 'silent',
  });
  expect(outputFiles[0].text).not.toMatch(/from ?["']node:|require\(["']node:/);
});

test('what npm would publish: no tests, no sources of the plugin, and not too large', () => {
  const { status, stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root('.'),
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  const [{ files, size }] = JSON.parse(stdout) as [{ files: { path: string }[]; size: number }];
  const paths = files.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'models/MODEL_CARD.md']));
  expect(paths.some((path) => path.startsWith('models/weights/'))).toBe(true);
  expect(paths.filter((path) => /^(test|ui|plugin|scripts|\.cache|out)\//.test(path))).toEqual([]);
  expect(size).toBeLessThan(25e6);
});
