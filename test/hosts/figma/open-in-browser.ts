/** The Figma host as a page in Chromium, driven from a test: the built plugin with its real window. */
import type { Browser, Frame, Page } from 'puppeteer';
import { launchChromium } from '../chromium.ts';
import type { FigmaHost } from './sandbox/figma-host.ts';
import type { NodeSpec, NodeState } from './sandbox/scene-spec.ts';
import { type PageOptions, servePage } from './serve-page.ts';

declare global {
  interface Window {
    host: FigmaHost;
  }
}

export class BrowserHost {
  readonly page: Page;
  /** Where the page is served: the origin around the plugin's window. */
  readonly origin: string;
  /** What the browser reported as going wrong. */
  readonly errors: string[] = [];
  private readonly browser: Browser;
  private readonly stop: () => void;

  private constructor(browser: Browser, page: Page, origin: string, stop: () => void) {
    this.browser = browser;
    this.page = page;
    this.origin = origin;
    this.stop = stop;
    page.on('pageerror', (error) => this.errors.push(String(error)));
  }

  static async open(options: PageOptions): Promise<BrowserHost> {
    const { url, close } = await servePage(options);
    const { host, origin } = new URL(url);
    const browser = await launchChromium({ publicPages: [host] });
    const page = await browser.newPage();
    page.setDefaultTimeout(120_000);
    await page.setViewport({ width: 1280, height: 800 });
    const opened = new BrowserHost(browser, page, origin, close);
    await opened.letReachThisMachine(true);
    await page.goto(url);
    await page.waitForSelector('html[data-ready]');
    return opened;
  }

  /** What the user answers when the browser asks whether Figma may reach this machine. */
  async letReachThisMachine(allowed: boolean): Promise<void> {
    // Detaching it would take the answer back.
    const session = await this.browser.target().createCDPSession();
    await session.send('Browser.setPermission', {
      permission: { name: 'loopback-network' },
      setting: allowed ? 'granted' : 'denied',
      origin: this.origin,
    });
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.stop();
  }

  /** Hands a picture to the document. Answers with its hash. */
  addImage(bytes: Uint8Array): Promise<string> {
    return this.page.evaluate((base64) => {
      const decoded = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      return window.host.images.keep(decoded).hash;
    }, Buffer.from(bytes).toString('base64'));
  }

  async readImage(hash: string): Promise<Buffer> {
    const numbers = await this.page.evaluate((wanted) => {
      const bytes = window.host.images.bytes(wanted);
      let text = '';
      for (let at = 0; at < bytes.length; at += 0x8000)
        text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
      return btoa(text);
    }, hash);
    return Buffer.from(numbers, 'base64');
  }

  /** Figma's theme, which may differ from the system's. */
  async wear(theme: 'light' | 'dark'): Promise<void> {
    await this.page.$eval(
      '#dark',
      (box, dark) => (box as HTMLInputElement).checked !== dark && (box as HTMLElement).click(),
      theme === 'dark',
    );
  }

  plant(layers: readonly NodeSpec[]): Promise<string[]> {
    return this.page.evaluate((specs) => window.host.plant(specs as NodeSpec[]), layers as never);
  }

  tree(): Promise<NodeState> {
    return this.page.evaluate(() => window.host.tree());
  }

  select(...ids: string[]): Promise<void> {
    return this.page.evaluate((chosen) => window.host.select(...chosen), ids);
  }

  start(command: string): Promise<void> {
    return this.page.evaluate((name) => window.host.run(name), command);
  }

  /** Starts the plugin. Answers with its window once it shows something. */
  async run(command: string): Promise<Frame> {
    await this.start(command);
    const frame = await this.innermost();
    await frame.waitForSelector('nav');
    return frame;
  }

  /** The plugin's page, in the frames around it. */
  private async innermost(): Promise<Frame> {
    const element = await this.page.waitForSelector('#window iframe');
    const shim = await element!.contentFrame();
    const below = async (frame: Frame) =>
      (await (await frame.waitForSelector('iframe'))!.contentFrame()) as Frame;
    return below(await below(shim));
  }

  /** Calls what only the host can do: undo, close, its notices. */
  ask<T>(question: (host: FigmaHost) => T): Promise<T> {
    return this.page.evaluate(`(${question.toString()})(window.host)`) as Promise<T>;
  }
}
