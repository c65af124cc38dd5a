/**
 * Chromium, headless, that draws what others have made: no scripts of the page, no network, no files. It is not trusted to
 * survive: a page that crashes or hangs is given up, and the next one gets a new browser.
 */
import type { Browser as Chromium, HTTPRequest, Page } from 'puppeteer-core';
import { LimnerError } from '../../models/errors.ts';
import { killFamily, limitMemory } from '../core/processes/limit-memory.ts';
import { findChromium } from './find-chromium.ts';
import { launchChromium } from './launch-chromium.ts';

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
  /** Bytes of memory that the browser may have, on Linux. */
  readonly memory?: number;
}

/** Bytes of memory that the browser may have: a large page takes a third of it. */
const MOST_MEMORY = 2 * 2 ** 30;
/** Milliseconds that a page has to close. */
const CLOSING = 2000;

/** Opens lazily. @throws CHROMIUM_MISSING at once */
export function openBrowser({ timeout = 120_000, memory = MOST_MEMORY }: BrowserOptions = {}): Browser {
  const executablePath = findChromium();
  let launched: Promise<Chromium> | null = null;
  const launch = async () => {
    if (launched && !(await launched.catch(() => null))?.connected) launched = null;
    launched ??= launchChromium(executablePath, timeout);
    return launched;
  };
  const attempt = async <T>(work: (page: Page) => Promise<T>, signal?: AbortSignal): Promise<T> => {
    const chromium = await launch();
    const kill = () => killFamily(chromium.process()!.pid!);
    const page = await chromium.newPage();
    const tooLarge = new AbortController();
    const unwatch = limitMemory(chromium.process()!.pid!, memory, () => {
      tooLarge.abort(new TooLarge(memory));
      kill();
    });
    try {
      await isolate(page);
      return await within(work(page), page, timeout, [tooLarge.signal, ...(signal ? [signal] : [])]);
    } finally {
      unwatch();
      const closed = page.close().then(
        () => true,
        () => true,
      );
      // A page that does not even close would hold its processor and memory for ever.
      if (!(await Promise.race([closed, pause(CLOSING).then(() => false)]))) kill();
    }
  };
  return {
    async withPage(work, signal) {
      try {
        return await attempt(work, signal);
      } catch (error) {
        if (error instanceof TooLarge || (error instanceof LimnerError && error.code !== 'BROWSER_FAILED'))
          throw error;
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

export interface ShownDocument {
  readonly body: string;
  readonly contentType: string;
  /** Its Content-Security-Policy. */
  readonly policy: string;
}

/** What a page is to show, at an address that only the interception below knows. */
const shown = new WeakMap<Page, ShownDocument>();
const ADDRESS = 'http://frame.invalid/';

/** Shows a document in a page of `withPage`, once all that lies in it is loaded. */
export async function showDocument(page: Page, document: ShownDocument): Promise<void> {
  shown.set(page, document);
  await page.goto(ADDRESS, { waitUntil: 'load' });
}

async function isolate(page: Page): Promise<void> {
  await page.setJavaScriptEnabled(false);
  await page.setRequestInterception(true);
  page.on('request', (request) => void answer(page, request).catch(() => undefined));
}

function answer(page: Page, request: HTTPRequest): Promise<void> {
  const document = shown.get(page);
  const isOwn =
    request.isNavigationRequest() && request.frame() === page.mainFrame() && request.url() === ADDRESS;
  if (isOwn && document) {
    const { body, contentType, policy } = document;
    return request.respond({ body, contentType, headers: { 'content-security-policy': policy } });
  }
  return /^(data:|about:blank$)/.test(request.url()) ? request.continue() : request.abort();
}

/** The work, unless the page crashes, time runs out or a signal aborts before. */
function within<T>(
  work: Promise<T>,
  page: Page,
  timeout: number,
  signals: readonly AbortSignal[],
): Promise<T> {
  const signal = AbortSignal.any([...signals]);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(new LimnerError('EXPORT_TIMEOUT', `The frame took longer than ${timeout / 1000} s to draw.`)),
      timeout,
    );
    const stop = () =>
      reject(signal.reason instanceof TooLarge ? signal.reason : new LimnerError('CANCELLED', 'Cancelled.'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    page.once('error', (cause) => reject(toFailure(cause)));
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    });
  });
}

/** There is no use in trying again. */
class TooLarge extends LimnerError {
  constructor(memory: number) {
    super('BROWSER_FAILED', `The frame takes more than ${memory / 2 ** 20} MB to draw.`);
  }
}

function toFailure(cause: unknown): LimnerError {
  if (cause instanceof LimnerError) return cause;
  return new LimnerError('BROWSER_FAILED', 'The browser that draws frames has failed.', { cause });
}

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
