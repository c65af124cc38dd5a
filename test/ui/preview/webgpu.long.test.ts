import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../../hosts/chromium.ts';
import { type OpenedPreview, openPreview } from './open-preview.ts';
import type { OpenClient, Take } from './page.ts';

declare const open: OpenClient;
declare const take: Take;
declare const loseGraphicsCard: () => void;

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
/** SwiftShader compiles shaders for a minute or more. */
const PATIENCE = 400_000;

let browser: Browser;
let preview: OpenedPreview;

describe.skipIf(!findChromium())('a preview in a page that a server serves', () => {
  beforeAll(async () => {
    browser = await launchChromium();
    const head = sharp(fixture('astronaut.png')).extract({ left: 105, top: 0, width: 240, height: 320 });
    const pictures = {
      head: await head.png().toBuffer(),
      again: await head.flop().png().toBuffer(),
      joconde: await sharp(fixture('joconde.jpg')).resize({ height: 600 }).png().toBuffer(),
    };
    preview = await openPreview(browser, 'hosted', pictures);
  });
  afterAll(async () => {
    await preview?.close();
    await browser?.close();
  });

  it(
    'runs on WebGPU, paints what WebAssembly paints, and goes on when the graphics card is lost',
    async () => {
      const { first, second, log, onWasm } = await preview.frame.evaluate(async () => {
        const { client, log, request } = open(['webgpu', 'wasm']);
        const first = take(await client.preview(request('head', 'joconde')));
        const { client: other, request: askOther } = open(['wasm']);
        const onWasm = take(await other.preview(askOther('head', 'joconde')));
        loseGraphicsCard();
        const second = await client.preview(request('again', 'joconde'));
        return { first, second: second?.after.width, log, onWasm };
      });
      expect(log.filter((entry) => typeof entry === 'string')).toEqual(['webgpu', 'wasm']);
      const differences = first!.pixels.map((value, i) => Math.abs(value - onWasm!.pixels[i]));
      // Networks round otherwise there, which moves some patches; another picture is 20 and more away.
      expect(differences.reduce((sum, value) => sum + value) / differences.length).toBeLessThan(2);
      expect(second).toBe(240);
    },
    PATIENCE,
  );

  it('takes WebAssembly where there is no graphics card', async () => {
    const log = await preview.frame.evaluate(async () => {
      const { client, log } = open(['cuda', 'wasm']);
      await client.load();
      return log;
    });
    expect(log.at(-1)).toBe('wasm');
  });
});
