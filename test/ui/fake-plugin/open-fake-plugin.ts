/** Opens the built window in Chromium inside a page that stands for the plugin. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Frame, Page } from 'puppeteer';
import sharp from 'sharp';
import { DEFAULT_SETTINGS } from '../../../protocol/plugin-data.ts';
import type { Portrait } from '../../../protocol/portrait.ts';
import { bundleWindow, packAsset } from '../../../scripts/build-window.ts';
import { ASSETS } from '../../../ui/preview/assets.ts';
import type { FakePlugin, Setup } from './page.ts';

declare const fake: FakePlugin;

export const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
export const readFixture = async (name: string) => (await readFile(fixture(name))).toString('base64');

export interface OpenedWindow {
  readonly page: Page;
  /** The window itself. */
  readonly frame: Frame;
  /** What the plugin was told. */
  plugin<Key extends keyof FakePlugin>(key: Key): Promise<FakePlugin[Key]>;
  close(): Promise<void>;
}

/** A portrait of the selection; its picture is `pictures[nodeId]` of the setup. */
export const portraitOf = (nodeId: string, name: string): Portrait => ({
  nodeId,
  fill: 0,
  name,
  width: 256,
  height: 256,
  pictureWidth: 512,
  pictureHeight: 512,
  imageHash: `hash-${nodeId}`,
  crop: { x: 0, y: 0, width: 1, height: 1 },
  turn: 0,
});

export async function styleOf(id: string, name: string, file: string): Promise<Setup['styles'][number]> {
  const thumbnail = await sharp(fixture(file)).resize(112, 112).jpeg().toBuffer();
  return {
    id,
    name,
    kind: 'picture',
    file: await readFixture(file),
    thumbnail: thumbnail.toString('base64'),
  };
}

let parts: Promise<{ html: string; script: string; assets: Record<string, string> }> | undefined;

export async function openWindow(
  browser: Browser,
  setup: Partial<Setup>,
  theme: 'light' | 'dark' | null = 'light',
): Promise<OpenedWindow> {
  parts ??= prepare();
  const { html, script, assets } = await parts;
  const page = await browser.newPage();
  await page.setViewport({ width: 380, height: 640, deviceScaleFactor: 2 });
  page.on('pageerror', (error) => console.error('the window threw:', error));
  await page.setContent(`<!doctype html><style>body{margin:0}</style><script>${script}</script>`);
  const whole: Setup = {
    launch: {},
    selection: { layers: 0, portraits: [], originals: [], skipped: [] },
    settings: DEFAULT_SETTINGS,
    styles: [],
    jobs: [],
    pictures: {},
    assets,
    ...setup,
  };
  const themed = theme ? html.replace('<body>', `<body class="figma-${theme}">`) : html;
  await page.evaluate((given, source) => fake.open(given, source), whole, themed);
  const frame = await page.waitForFrame((one) => one.url().startsWith('data:'));
  await frame.waitForSelector('nav');
  return {
    page,
    frame,
    plugin: (key) => page.evaluate((name) => fake[name], key) as Promise<never>,
    close: () => page.close(),
  };
}

async function prepare() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
  });
  const packed = ASSETS.map(async (name) => [name, (await packAsset(name, 'inlined')).toString('base64')]);
  return {
    html: await bundleWindow('inlined'),
    script: outputFiles[0].text.replaceAll('</script', '<\\/script'),
    assets: Object.fromEntries(await Promise.all(packed)),
  };
}
