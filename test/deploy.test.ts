/** What deploy/ says exists: commands, options, files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runLimner } from './renderer/run-limner.ts';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const files = readdirSync(fileURLToPath(new URL('deploy/', root)));

it.each(files)('deploy/%s names only options that serve or worker has', async (name) => {
  const help = await Promise.all(
    ['serve', 'worker'].map(async (command) => (await runLimner(['help', command])).out),
  );
  const known = new Set(help.join().match(/--[a-z-]+/g));
  const ours = read(`deploy/${name}`)
    .split('\n')
    .filter((line) => /limner (serve|worker)|"serve"|\[(serve|worker),|^ +- --/.test(line));
  const named = ours.join().match(/--[a-z-]+/g) ?? [];
  expect(named.filter((option) => !known.has(option))).toEqual([]);
});

it('the image copies what there is, runs as nobody in particular, and is looked after', () => {
  const lines = read('deploy/Dockerfile');
  const [, copied] = /COPY (package.*) \.\/\n/.exec(lines)!;
  expect(copied.split(' ').filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  expect(lines).toMatch(/^USER node$/m);
  expect(lines).toMatch(/^HEALTHCHECK/m);
});
