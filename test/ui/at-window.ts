/** The window in a page with a plugin that is not Figma’s, and what one does in it. */
import type { Browser, Frame } from 'puppeteer';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { DEFAULT_SETTINGS } from '../../protocol/plugin-data.ts';
import type { Selection } from '../../protocol/plugin-messages.ts';
import { launchChromium } from '../hosts/chromium.ts';
import {
  fixture,
  type OpenedWindow,
  openWindow,
  readFixture,
  styleOf,
} from './fake-plugin/open-fake-plugin.ts';
import type { Setup } from './fake-plugin/page.ts';
import { portraitOf } from './fake-plugin/portrait-of.ts';

export const PATIENCE = 300_000;
export const POLL = { timeout: PATIENCE, interval: 200 };
export const settings = { ...DEFAULT_SETTINGS, look: { ...DEFAULT_SETTINGS.look, scale: 1 as const } };

type Common = Pick<Setup, 'styles' | 'pictures' | 'settings'>;

/** A browser for the tests of one file. Windows are closed after each test. */
export function openBrowser() {
  let browser: Browser;
  let common: Common;
  let opened: OpenedWindow | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
    common = await givenToAll();
  });
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });
  afterAll(() => browser?.close());
  return {
    /** A window; the one before is closed. */
    async open(setup: Parameters<typeof openWindow>[1] = {}, theme?: Parameters<typeof openWindow>[2]) {
      await opened?.close();
      opened = await openWindow(browser, { ...common, ...setup }, theme);
      return opened;
    },
    /** What the plugin was told to place, without the pixels. */
    placed: () =>
      opened!.page.evaluate('fake.results.map(fake.describe)') as Promise<Record<string, unknown>[]>,
    /** A picture of those given to all, in Base64. */
    picture: (name: string) => common.pictures[name],
  };
}

async function givenToAll(): Promise<Common> {
  const flat = sharp({ create: { width: 200, height: 200, channels: 3, background: '#7a7' } });
  const small = sharp(fixture('astronaut.png')).extract({ left: 105, top: 0, width: 240, height: 320 });
  const clip = sharp(fixture('sequences/collins.webp'), { page: 0, pages: 2 });
  return {
    settings,
    styles: [await styleOf('mona', 'Mona Lisa', 'small/joconde.jpg')],
    pictures: {
      eileen: (await small.png().toBuffer()).toString('base64'),
      twin: await readFixture('astronaut.png'),
      flat: (await flat.png().toBuffer()).toString('base64'),
      moving: (await animated()).toString('base64'),
      clip: (await clip.gif().toBuffer()).toString('base64'),
    },
  };
}

/** The portrait, and once more darker, as a GIF. */
async function animated(): Promise<Buffer> {
  const frame = sharp(fixture('astronaut.png'));
  const frames = [frame.clone().png(), frame.clone().modulate({ brightness: 0.8 }).png()];
  const files = await Promise.all(frames.map((one) => one.toBuffer()));
  return sharp(files, { join: { animated: true } })
    .gif()
    .toBuffer();
}

/** A reference with two faces, the larger one at the right. */
export async function groupPicture() {
  const panel = (name: string, width: number) => sharp(fixture(name)).resize({ width }).png().toBuffer();
  const size = { width: 420, height: 260 };
  const reference = await sharp({ create: { ...size, channels: 3, background: '#888' } })
    .composite([
      { input: await panel('joconde.jpg', 160), left: 0, top: 0 },
      { input: await panel('astronaut.png', 240), left: 170, top: 0 },
    ])
    .jpeg({ quality: 95 })
    .toBuffer();
  return { reference, ...size };
}

/** The pictures of these names, as one selection. */
export function select(...names: string[]): Selection {
  const portraits = names.map((name) => portraitOf(name, name));
  return { layers: names.length, portraits, originals: portraits, skipped: [] };
}

export async function waitForText(frame: Frame, text: string): Promise<void> {
  await frame.waitForFunction(
    // Not textContent, which has the script's own strings.
    (wanted) => document.body.innerText.includes(wanted),
    { timeout: PATIENCE },
    text,
  );
}

/** How the results stand in all. */
export async function waitForSummary(frame: Frame, text: string): Promise<void> {
  await frame.waitForFunction(
    (wanted) => document.querySelector('section[aria-label=Results] [role=status]')?.textContent === wanted,
    { timeout: PATIENCE },
    text,
  );
}

/** By the accessible name of a button, or of the choice it stands for. */
export async function press(frame: Frame, name: string): Promise<void> {
  const button = await frame.waitForSelector(`::-p-aria([name="${name}"])`, { timeout: PATIENCE });
  await frame.waitForFunction((node) => !(node as HTMLButtonElement).disabled, { timeout: PATIENCE }, button);
  await button!.evaluate((node) => (node as HTMLElement).click());
}

/** The main action of a screen. */
export async function act(frame: Frame): Promise<void> {
  const button = await frame.waitForSelector('footer button:not([disabled])', { timeout: PATIENCE });
  await button!.evaluate((node) => (node as HTMLElement).click());
}

export const isDisabled = (frame: Frame) =>
  frame.$eval('footer button', (button) => (button as HTMLButtonElement).disabled);

export async function type(frame: Frame, selector: string, text: string): Promise<void> {
  await frame.$eval(
    selector,
    (node, value) => {
      (node as HTMLInputElement).value = value;
      node.dispatchEvent(new InputEvent('input', { bubbles: true }));
    },
    text,
  );
}

/** Mean difference, 0..255, of the two canvases of the preview. */
export function difference(frame: Frame): Promise<number> {
  return frame.evaluate(() => {
    const [after, before] = [...document.querySelectorAll('canvas')].map(
      (canvas) => canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data,
    );
    return after.reduce((sum, value, i) => sum + Math.abs(value - before[i]), 0) / after.length;
  });
}
