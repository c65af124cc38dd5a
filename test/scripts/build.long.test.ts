import { spawnSync } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { install } from '../install.ts';
import { astronaut, joconde } from '../renderer/run-limner.ts';
import { temporaryFolder } from '../renderer/temporary-folder.ts';

const inFolder = temporaryFolder();
const sizeOf = async (path: string) => (await stat(inFolder(path))).size;

describe('npm run build', () => {
  beforeAll(() => install(inFolder()), 180_000);

  it('makes a command that works where the package is installed, weights and all', async () => {
    const args = ['dist/limner.js', 'render', astronaut, '--style', joconde, '--out', 'a.png'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      cwd: inFolder(),
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^a\.png \(512×512/);
    expect(await sizeOf('a.png')).toBeGreaterThan(10_000);
  });

  it('makes the files that the Figma manifest names, the code of the plugin small', async () => {
    const { main, ui } = JSON.parse(await readFile(inFolder('manifest.json'), 'utf8'));
    for (const path of [main, ...Object.values<string>(ui)])
      expect(await sizeOf(path), path).toBeGreaterThan(0);
    expect(await sizeOf(main)).toBeLessThan(150_000);
    expect(await sizeOf(ui.window)).toBeLessThan(3_000_000);
  });
});
