import type { Frame } from 'puppeteer';
import { beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../hosts/chromium.ts';
import { joconde } from '../renderer/run-limner.ts';
import { act, addStyle, choose, itemsIn, openStudio, PATIENCE, portrait, press, psnr } from './studio.ts';

/** SwiftShader compiles shaders for minutes. */
const COMPILING = 2 * PATIENCE;

/** The painted side of the preview as a file. */
async function previewIn(window: Frame): Promise<Buffer> {
  await window.waitForSelector('[aria-label="Preview"][aria-busy=false] canvas', { timeout: COMPILING });
  const url = await window.$eval('canvas[aria-label="Preview in the chosen style"]', (canvas) =>
    (canvas as HTMLCanvasElement).toDataURL('image/png'),
  );
  return Buffer.from(url.split(',')[1], 'base64');
}

describe.skipIf(!findChromium())('the window that the renderer serves', { timeout: 3 * PATIENCE }, () => {
  const studio = openStudio();
  beforeEach(() => studio().clear());

  it('previews on the graphics card what the inlined one previews, and works like it', async () => {
    const { host } = studio();
    await studio().pair();
    await studio().place('Eileen', await portrait(240));
    const inlined = await host.run('stylize');
    await addStyle(inlined, joconde);
    await inlined.waitForSelector('[data-tier=wasm]', { timeout: PATIENCE });
    const onProcessor = await previewIn(inlined);

    const again = await host.run('settings');
    await (await again.waitForSelector('::-p-text(Use the graphics card)'))!.click();
    // What was chosen is on its way to the plugin; what is asked after it arrives after it.
    await press(again, 'Stylize');
    await again.waitForSelector('[data-tier=wasm]', { timeout: PATIENCE });
    await host.start('stylize');
    const hosted = await studio().hostedWindow();
    await hosted.waitForSelector('[data-tier=webgpu]', { timeout: PATIENCE });
    // Landmarks differ in their last digits there, and with them single strokes; an unpainted preview has 15 dB.
    expect(await psnr(await previewIn(hosted), onProcessor)).toBeGreaterThan(22);
    await studio().screenshot('hosted');
    await choose(hosted, 'Size', '1');
    await act(hosted);
    expect(await itemsIn(hosted, ['done', 'failed'])).toMatchObject([{ state: 'done' }]);
    expect((await studio().layers()).map(({ name }) => name)).toEqual(['Eileen', 'Eileen · joconde']);
    expect(host.errors).toEqual([]);
  });
});
