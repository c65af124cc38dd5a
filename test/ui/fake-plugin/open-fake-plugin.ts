/** Opens the built window in Chromium inside a page that stands for the plugin. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import type { Browser, Frame, Page } from 'puppeteer';
import sharp from 'sharp';
import { DEFAULT_SETTINGS } from '../../../protocol/plugin-data.ts';
import { ASSETS } from '../../../protocol/window-assets.ts';
import { packAsset } from '../../../renderer/server/http/window-assets.ts';
import { bundleWindow } from '../../../scripts/build-window.ts';
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

export async function styleOf(id: string, name: string, file: string): Promise<Setup['styles'][number]> {
  const thumbnail = await sharp(fixture(file)).resize(112, 112).jpeg().toBuffer();
  return {
    id,
    name,
    kind: 'picture',
    referenceFace: 0,
    file: await readFixture(file),
    thumbnail: thumbnail.toString('base64'),
  };
}

/** Fixtures as the plugin's starter styles. */
async function zipped(names: readonly string[]): Promise<string> {
  const files = names.map(async (name) => [name, await readFile(fixture(name))] as const);
  return gzipSync(zipSync(Object.fromEntries(await Promise.all(files)))).toString('base64');
}

let parts: ReturnType<typeof prepare> | undefined;

export async function openWindow(
  browser: Browser,
  { starters = [], ...setup }: Partial<Setup> & { readonly starters?: readonly string[] },
  theme: 'light' | 'dark' | null = 'light',
): Promise<OpenedWindow> {
  parts ??= prepare();
  const { html, script, assets, colours } = await parts;
  const page = await browser.newPage();
  await page.setViewport({ width: 380, height: 600, deviceScaleFactor: 2 });
  page.on('pageerror', (error) => console.error('the window threw:', error));
  await page.setContent(`<!doctype html><style>body{margin:0}</style><script>${script}</script>`);
  const whole: Setup = {
    launch: {},
    selection: { layers: 0, portraits: [], originals: [], skipped: [] },
    settings: DEFAULT_SETTINGS,
    styles: [],
    jobs: [],
    pictures: {},
    assets: { ...assets, starters: await zipped(starters) },
    colours,
    ...setup,
  };
  await page.evaluate((given, source, worn) => fake.open(given, source, worn), whole, html, theme);
  const frame = await page.waitForFrame((one) => one.url().startsWith('data:'));
  await frame.waitForSelector('nav');
  return {
    page,
    frame,
    plugin: (key) => page.evaluate((name) => fake[name], key) as Promise<never>,
    close: () => page.close(),
  };
}

const themeCss = createRequire(import.meta.url).resolve('@create-figma-plugin/ui/css/theme.css');

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
    colours: await readFile(themeCss, 'utf8'),
    script: outputFiles[0].text.replaceAll('</script', '<\\/script'),
    assets: Object.fromEntries(await Promise.all(packed)),
  };
}
