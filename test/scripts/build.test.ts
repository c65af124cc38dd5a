import { spawnSync } from 'node:child_process';
import { copyFile, cp, mkdir, readFile, stat, symlink } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { astronaut, joconde } from '../renderer/run-limner.ts';
import { temporaryFolder } from '../renderer/temporary-folder.ts';

const inFolder = temporaryFolder();
const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const node = (...args: string[]) => spawnSync(process.execPath, args, { encoding: 'utf8', cwd: inFolder() });

describe('npm run build', () => {
  beforeAll(() => {
    const { status, stderr } = node(root('scripts/build.ts'));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('makes a command that works where the package is installed, weights and all', async () => {
    // As installed: what `files` of package.json names, with the dependencies beside it.
    await mkdir(inFolder('models'));
    await cp(root('dist'), inFolder('dist'), { recursive: true });
    await cp(root('models/weights'), inFolder('models/weights'), { recursive: true });
    await copyFile(root('package.json'), inFolder('package.json'));
    await symlink(root('node_modules'), inFolder('node_modules'));
    const { status, stdout, stderr } = node(
      'dist/limner.js',
      'render',
      astronaut,
      '--style',
      joconde,
      '--out',
      'a.png',
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^a\.png \(512×512/);
    expect((await stat(inFolder('a.png'))).size).toBeGreaterThan(10_000);
  });

  it('makes the files that the Figma manifest names', async () => {
    const { main, ui } = JSON.parse(await readFile(root('manifest.json'), 'utf8'));
    for (const path of [main, ...Object.values<string>(ui)])
      expect((await stat(root(path))).size, path).toBeGreaterThan(100);
    expect((await stat(root(main))).size).toBeLessThan(150_000);
  });
});
