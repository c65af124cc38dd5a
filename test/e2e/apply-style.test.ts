import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { findChromium } from '../hosts/chromium.ts';
import { joconde } from '../renderer/run-limner.ts';
import {
  addStyle,
  choose,
  itemsIn,
  openStudio,
  PATIENCE,
  portrait,
  press,
  type Studio,
  waitForText,
} from './studio.ts';

/** What the command line makes of the same portrait. */
async function renderedAlone({ folder }: Studio, file: Buffer, ...options: string[]): Promise<Buffer> {
  const [input, output] = [join(folder, 'portrait.png'), join(folder, 'alone.png')];
  await writeFile(input, file);
  const args = ['dist/limner.js', 'render', input, '--style', joconde, '--out', output, ...options];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return sharp(output).toBuffer();
}

/** Peak signal-to-noise ratio in dB of two pictures of one size. */
async function psnr(a: Buffer, b: Buffer): Promise<number> {
  const [x, y] = await Promise.all([a, b].map((file) => sharp(file).removeAlpha().raw().toBuffer()));
  expect(x.length).toBe(y.length);
  const squares = x.reduce((sum, value, index) => sum + (value - y[index]) ** 2, 0);
  return 10 * Math.log10(255 ** 2 / (squares / x.length));
}

describe.skipIf(!findChromium())('a designer with a portrait and a style', () => {
  const studio = openStudio();

  it(
    'sees a preview and gets a new layer, painted as the command line paints',
    async () => {
      const { host } = studio();
      await studio().pair();
      const file = await portrait(200);
      const original = await studio().placePortrait(200);
      const window = await host.run('apply-style');
      await addStyle(window, joconde);
      await waitForText(window, 'Live · WASM');
      await window.waitForSelector('[aria-label="Preview"][aria-busy=false] canvas', { timeout: PATIENCE });
      await choose(window, 'Size', '2');
      await studio().screenshot('apply-style');
      await press(window, 'Apply style');
      expect(await itemsIn(window, ['done', 'failed'])).toMatchObject([{ state: 'done' }]);

      const [before, made] = await studio().layers();
      expect(before.id).toBe(original);
      expect(await studio().pictureOf(before)).toEqual(file);
      expect(made).toMatchObject({
        name: 'Eileen · joconde',
        type: 'ELLIPSE',
        width: 120,
        height: 120,
        bounds: { x: 160, y: 0 },
      });
      expect(await host.ask((figma) => figma.selection())).toEqual([made.id]);
      const picture = await studio().pictureOf(made);
      const alone = await renderedAlone(studio(), file, '--mode', 'full', '--scale', '2');
      expect(await psnr(picture, alone)).toBeGreaterThan(35);
      await studio().screenshot('applied');
      await host.ask((figma) => figma.undo());
      expect((await studio().layers()).map(({ name }) => name)).toEqual(['Eileen']);
      expect(host.errors).toEqual([]);
    },
    PATIENCE,
  );
});
