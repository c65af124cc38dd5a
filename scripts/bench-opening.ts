/**
 * The part of `npm run bench` about opening the plugin: the built plugin in the page that nests and limits it as Figma
 * does, a portrait selected and a starter style chosen before. Times are from the menu's command to what the screen shows.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { Picture } from '../models/image/picture.ts';
import { findChromium } from '../test/hosts/chromium.ts';
import { BrowserHost } from '../test/hosts/figma/open-in-browser.ts';

/** The first opening is cold: it also chooses the style. */
const OPENINGS = 6;
/** px; what a designer's photograph has at least. */
const PORTRAIT = { width: 720, height: 960 };

export async function benchOpening(head: Picture): Promise<void> {
  if (!findChromium()) return console.log('opening the plugin: no Chromium here\n');
  const folder = await mkdtemp(join(tmpdir(), 'limner-opening-'));
  try {
    execFileSync(process.execPath, [fileURLToPath(new URL('build.ts', import.meta.url)), folder]);
    const rows = await timeOpenings(folder, head);
    const [cold, ...warm] = rows;
    console.log('opening the plugin, a starter chosen, WebAssembly with one thread');
    for (const what of ['window', 'sketch', 'preview'] as const) {
      const median = warm.map((row) => row[what]).sort((a, b) => a - b)[warm.length >> 1];
      console.log(
        `  ${`until the ${what}`.padEnd(28)}${`${(median / 1000).toFixed(2)} s`.padStart(12)}${`first time ${(cold[what] / 1000).toFixed(2)} s`.padStart(22)}`,
      );
    }
    console.log('');
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Opening {
  /** Milliseconds until the window shows its tabs, any preview, and the preview as it stays. */
  window: number;
  sketch: number;
  preview: number;
}

async function timeOpenings(dist: string, head: Picture): Promise<Opening[]> {
  const host = await BrowserHost.open({ dist, domains: [] });
  try {
    const file = await sharp(head.data, { raw: { width: head.width, height: head.height, channels: 4 } })
      .resize(PORTRAIT)
      .png()
      .toBuffer();
    const imageHash = await host.addImage(file);
    const fills = [{ type: 'IMAGE' as const, scaleMode: 'FILL' as const, imageHash }];
    const [id] = await host.plant([{ type: 'RECTANGLE', name: 'Ada', width: 360, height: 480, fills }]);
    await host.select(id);
    const rows: Opening[] = [];
    for (let i = 0; i < OPENINGS; i++) {
      const started = performance.now();
      const passed = () => performance.now() - started;
      const frame = await host.run('stylize');
      const window = passed();
      if (i === 0)
        await (await frame.waitForSelector('input[name=style]'))!.evaluate((tile) =>
          (tile as HTMLInputElement).click(),
        );
      await frame.waitForSelector('section[aria-label=Preview] canvas');
      const sketch = passed();
      await frame.waitForSelector('section[aria-label=Preview][aria-busy=false] canvas');
      rows.push({ window, sketch, preview: passed() });
      await host.ask((figma) => figma.close());
    }
    return rows;
  } finally {
    await host.close();
  }
}
