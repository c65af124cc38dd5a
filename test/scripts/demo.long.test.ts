import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, it } from 'vitest';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

it('npm run demo writes a result and a before/after sheet, and says where', async () => {
  const { status, stdout } = spawnSync(process.execPath, [root('scripts/demo.ts')], {
    encoding: 'utf8',
    cwd: root(''),
  });
  expect(status).toBe(0);
  for (const [path, width] of [
    ['out/astronaut.joconde.png', 512],
    ['out/before-after.png', 3 * 512 + 4 * 6],
  ] as const) {
    expect(stdout).toContain(path);
    expect((await sharp(root(path)).metadata()).width).toBe(width);
  }
});
