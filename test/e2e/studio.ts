/** A designer at work: Figma's page with the plugin, and what one does in the plugin's window. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame } from 'puppeteer';
import sharp from 'sharp';
import { afterAll, beforeAll, expect } from 'vitest';
import { BrowserHost } from '../hosts/figma/open-in-browser.ts';
import type { NodeState } from '../hosts/figma/sandbox/scene-spec.ts';
import { install } from '../install.ts';
import { astronaut } from '../renderer/run-limner.ts';
import { temporaryFolder } from '../renderer/temporary-folder.ts';
import { type RendererProcess, startRenderer, TOKEN } from './renderer-process.ts';

/** Pictures of the windows, to be looked at. */
const SCREENSHOTS = fileURLToPath(new URL('../../out/e2e/', import.meta.url));

/** Renders on a busy machine are slow; tests wait for what happens, not for a time. */
export const PATIENCE = 240_000;

export class Studio {
  readonly host: BrowserHost;
  readonly folder: string;
  renderer: RendererProcess;

  constructor(host: BrowserHost, folder: string, renderer: RendererProcess) {
    this.host = host;
    this.folder = folder;
    this.renderer = renderer;
  }

  /** Opens the settings and enters the renderer's address and a token. */
  async pair(token = TOKEN): Promise<Frame> {
    const window = await this.host.run('settings');
    await window.$eval('details', (details) => {
      details.open = true;
    });
    await fill(window, '#renderer-url', this.renderer.url);
    await fill(window, '#renderer-token', token);
    await press(window, 'Connect');
    await window.waitForSelector('form [role=status], form [role=alert]', { timeout: PATIENCE });
    return window;
  }

  /** A paint that shows a picture. */
  async pictureFill(file: Uint8Array) {
    const imageHash = await this.host.addImage(file);
    return { type: 'IMAGE' as const, scaleMode: 'FILL' as const, imageHash };
  }

  /** Puts a picture on the canvas and selects it. Answers with the layer's id. */
  async place(name: string, file: Uint8Array): Promise<string> {
    const fills = [await this.pictureFill(file)];
    const [id] = await this.host.plant([{ type: 'ELLIPSE', name, width: 120, height: 120, fills }]);
    await this.host.select(id);
    return id;
  }

  /** The page of the renderer, once the plugin's window has gone there. */
  async hostedWindow(): Promise<Frame> {
    const frames = () => this.host.page.frames().filter((frame) => frame.url().startsWith(this.renderer.url));
    await expect.poll(frames, { timeout: PATIENCE }).toHaveLength(1);
    const [frame] = frames();
    await frame.waitForSelector('nav');
    return frame;
  }

  /** Ends the renderer, and starts it again at the same address. */
  async restartRenderer(): Promise<void> {
    await this.renderer.stop();
    await this.startRenderer();
  }

  /** Jobs wait in a paused renderer. */
  async pauseRenderer(isPaused: boolean): Promise<void> {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const answer = await fetch(`${this.renderer.url}/v1/queue`, {
      method: 'PUT',
      headers,
      body: JSON.stringify({ isPaused }),
    });
    expect(answer.ok).toBe(true);
  }

  async startRenderer(): Promise<void> {
    const port = Number(new URL(this.renderer.url).port);
    this.renderer = await startRenderer({ folder: this.folder, port });
  }

  async layers(): Promise<readonly NodeState[]> {
    return (await this.host.tree()).children;
  }

  /** The picture in a layer, decoded. */
  async pictureOf(layer: NodeState): Promise<Buffer> {
    const paint = layer.props.fills?.find(({ type }) => type === 'IMAGE');
    return this.host.readImage((paint as { imageHash: string }).imageHash);
  }

  /** Starts over with an empty page. */
  async clear(): Promise<void> {
    await this.host.ask((host) => {
      if (host.running) host.close();
      for (const { id } of host.tree().children) host.remove(id);
    });
  }

  async screenshot(name: string): Promise<void> {
    await mkdir(SCREENSHOTS, { recursive: true });
    for (const theme of ['light', 'dark'] as const) {
      await this.host.wear(theme);
      await this.host.page.screenshot({ path: join(SCREENSHOTS, `${name}-${theme}.png`) });
    }
  }
}

/** A studio for the tests of one file, with a renderer of its own. */
export function openStudio(): () => Studio {
  const inFolder = temporaryFolder();
  let studio: Studio | undefined;
  let host: BrowserHost | undefined;
  beforeAll(async () => {
    await install(inFolder());
    const renderer = await startRenderer({ folder: inFolder() });
    host = await BrowserHost.open({ dist: inFolder('dist'), domains: [renderer.url] });
    studio = new Studio(host, inFolder(), renderer);
  }, PATIENCE);
  afterAll(async () => {
    await host?.close();
    await studio?.renderer.stop();
  });
  return () => studio!;
}

/** The public portrait's face and shoulders as PNG. */
export function portrait(size: number): Promise<Buffer> {
  const part = { left: 100, top: 0, width: 260, height: 260 };
  return sharp(astronaut).extract(part).resize(size, size).png().toBuffer();
}

/** A part of the same picture without a face: a model of the Space Shuttle. */
export function shuttle(size: number): Promise<Buffer> {
  const part = { left: 350, top: 0, width: 150, height: 150 };
  return sharp(astronaut).extract(part).resize(size, size).png().toBuffer();
}

/** Peak signal-to-noise ratio (dB) of two files of one size. */
export async function psnr(a: Buffer, b: Buffer): Promise<number> {
  const [x, y] = await Promise.all([a, b].map((file) => sharp(file).removeAlpha().raw().toBuffer()));
  expect(x.length).toBe(y.length);
  const squares = x.reduce((sum, value, index) => sum + (value - y[index]) ** 2, 0);
  return 10 * Math.log10(255 ** 2 / (squares / x.length));
}

/** Presses a button by its text or label. */
export async function press(window: Frame, name: string): Promise<void> {
  const button = await window.waitForSelector(`::-p-aria([name="${name}"][role="button"])`);
  await button!.click();
}

/** Presses the main button of the screen. */
export async function act(window: Frame): Promise<void> {
  const button = await window.waitForSelector('footer button:not([disabled])', { timeout: PATIENCE });
  await button!.click();
}

/** Chooses one of a group's segments by its value. */
export async function choose(window: Frame, group: string, value: string): Promise<void> {
  const segment = await window.waitForSelector(`label:has(input[name="${group}"][value="${value}"])`);
  await segment!.click();
}

export async function fill(window: Frame, selector: string, text: string): Promise<void> {
  const input = await window.waitForSelector(selector);
  await input!.click({ count: 3 });
  await input!.press('Backspace');
  await input!.type(text);
}

export async function addStyle(window: Frame, path: string): Promise<void> {
  const picker = await window.waitForSelector('input[type=file]');
  await (picker as NonNullable<typeof picker>).uploadFile(path);
}

/** Waits until the results that are listed have come to certain states; answers with them. */
export async function itemsIn(
  window: Frame,
  states: readonly string[],
  count = 1,
): Promise<{ state: string; text: string }[]> {
  await window.waitForFunction(
    (wanted, least) => {
      const rows = [...document.querySelectorAll('li[data-state]')];
      const states = rows.map((row) => row.getAttribute('data-state') ?? '');
      return rows.length >= least && states.every((state) => wanted.includes(state));
    },
    { timeout: PATIENCE },
    states,
    count,
  );
  return window.$$eval('li[data-state]', (rows) =>
    rows.map((row) => ({ state: row.getAttribute('data-state') ?? '', text: row.textContent ?? '' })),
  );
}

/** Whether the first of some elements can be seen without scrolling. */
export function isInView(window: Frame, selector: string): Promise<boolean> {
  return window.$eval(selector, (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
}

export async function waitForText(window: Frame, text: string): Promise<void> {
  await window.waitForFunction(
    (wanted) => document.body.innerText.includes(wanted),
    { timeout: PATIENCE },
    text,
  );
}
