/**
 * Chromium, headless, that draws what others have made: no scripts of the page, no network, no files. It is not trusted to
 * survive: a page that crashes or hangs is given up, and the next one gets a new browser.
 */
import puppeteer, { type Browser as Chromium, type Page } from 'puppeteer-core';
import { LimnerError } from '../../models/errors.ts';
import { findChromium } from './find-chromium.ts';

export interface Browser {
  /**
   * @param work with a page of its own, closed afterwards
   * @throws BROWSER_FAILED when the browser crashed twice, EXPORT_TIMEOUT, CANCELLED
   */
  withPage<T>(work: (page: Page) => Promise<T>, signal?: AbortSignal): Promise<T>;
  close(): Promise<void>;
}

export interface BrowserOptions {
  /** Milliseconds that one page may take. */
  readonly timeout?: number;
}

const ARGUMENTS = [
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-sync',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
  '--disable-lcd-text',
  // Even where the interception below failed no name would resolve.
  '--host-resolver-rules=MAP * ~NOTFOUND',
];

/** Opens lazily. @throws CHROMIUM_MISSING at once */
export function openBrowser({ timeout = 120_000 }: BrowserOptions = {}): Browser {
  const executablePath = findChromium();
  // Chromium's own sandbox refuses to run as root, as in most containers.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  let launched: Promise<Chromium> | null = null;
  const launch = async () => {
    if (launched && !(await launched.catch(() => null))?.connected) launched = null;
    launched ??= puppeteer.launch({
      // It ends when its pipe does, however this process ends.
      pipe: true,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      executablePath,
      args: [...ARGUMENTS, ...sandbox],
      protocolTimeout: timeout,
    });
    return launched;
  };
  const attempt = async <T>(work: (page: Page) => Promise<T>, signal?: AbortSignal): Promise<T> => {
    const chromium = await launch();
    const page = await chromium.newPage();
    try {
      await isolate(page);
      return await within(work(page), page, timeout, signal);
    } finally {
      await Promise.race([page.close().catch(() => undefined), pause(1000)]);
    }
  };
  return {
    async withPage(work, signal) {
      try {
        return await attempt(work, signal);
      } catch (error) {
        if (error instanceof LimnerError && error.code !== 'BROWSER_FAILED') throw error;
        return attempt(work, signal).catch((cause) => {
          throw toFailure(cause);
        });
      }
    },
    async close() {
      const chromium = await launched?.catch(() => null);
      await chromium?.close().catch(() => undefined);
    },
  };
}

async function isolate(page: Page): Promise<void> {
  await page.setJavaScriptEnabled(false);
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const isInside = /^(data:|about:blank$)/.test(request.url());
    void (isInside ? request.continue() : request.abort()).catch(() => undefined);
  });
}

/** The work, unless the page crashes, time runs out or somebody cancels before. */
function within<T>(work: Promise<T>, page: Page, timeout: number, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(new LimnerError('EXPORT_TIMEOUT', `The frame took longer than ${timeout / 1000} s to draw.`)),
      timeout,
    );
    const cancel = () => reject(new LimnerError('CANCELLED', 'Cancelled.'));
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    page.once('error', (cause) => reject(toFailure(cause)));
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    });
  });
}

function toFailure(cause: unknown): LimnerError {
  if (cause instanceof LimnerError) return cause;
  return new LimnerError('BROWSER_FAILED', 'The browser that draws frames has failed.', { cause });
}

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
