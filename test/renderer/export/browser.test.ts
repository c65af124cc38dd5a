import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../../renderer/export/browser.ts';
import { findChromium as findForFrames } from '../../../renderer/export/find-chromium.ts';
import { findChromium } from '../../hosts/chromium.ts';

describe.skipIf(!findChromium())('the browser that draws frames', () => {
  const browser = openBrowser({ timeout: 20_000 });
  let server: Server;
  let asked = 0;
  let url = '';
  beforeAll(async () => {
    server = createServer((_, response) => {
      asked++;
      response.end('<svg xmlns="http://www.w3.org/2000/svg"/>');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  it('asks nobody for anything, reads no file and runs no script, whatever the page wants', async () => {
    const page = `<style>@import "${url}/a.css"; @font-face{font-family:f;src:url(${url}/f.woff)} p{font-family:f;background:url(${url}/b.png)}</style>
      <p>text</p><img src="${url}/i.png"><img id="file" src="file:///etc/hostname"><iframe src="${url}/frame"></iframe><iframe id="passwd" src="file:///etc/passwd"></iframe>
      <svg><image href="${url}/s.png"/><use href="${url}/u.svg#a"/></svg><script>document.title = 'ran'; fetch('${url}/x')</script><img src="x" onerror="document.title='ran'">`;
    const seen = await browser.withPage(async (tab) => {
      await tab.setContent(page, { waitUntil: 'load' });
      await new Promise((done) => setTimeout(done, 300));
      return tab.evaluate(() => ({
        title: document.title,
        pixels: [...document.images].map((image) => image.naturalWidth),
      }));
    });
    expect(asked).toBe(0);
    expect(seen).toEqual({ title: '', pixels: [0, 0, 0] });
  });

  it('survives a crash: the page is tried again, and fails alone when it crashes again', async () => {
    let tries = 0;
    const crashOnce = browser.withPage(async (tab) => {
      if (tries++ === 0) tab.browser().process()?.kill('SIGKILL');
      return tab.evaluate(() => 42);
    });
    expect(await crashOnce).toBe(42);
    const crashAlways = browser.withPage(async (tab) => {
      tab.browser().process()?.kill('SIGKILL');
      return tab.evaluate(() => 42);
    });
    await expect(crashAlways).rejects.toMatchObject({ code: 'BROWSER_FAILED' });
    expect(await browser.withPage((tab) => tab.evaluate(() => 7))).toBe(7);
  });

  it('gives up what hangs, and what is cancelled; the next page works', async () => {
    const hasty = openBrowser({ timeout: 3000 });
    try {
      await expect(hasty.withPage(() => new Promise(() => undefined))).rejects.toMatchObject({
        code: 'EXPORT_TIMEOUT',
      });
      const controller = new AbortController();
      const cancelled = hasty.withPage(() => new Promise(() => controller.abort()), controller.signal);
      await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(await hasty.withPage((tab) => tab.evaluate(() => 7))).toBe(7);
    } finally {
      await hasty.close();
    }
  });
});

it('CHROMIUM_MISSING where there is none', () => {
  expect(() => findForFrames(['/nowhere/chromium'])).toThrow(
    expect.objectContaining({ code: 'CHROMIUM_MISSING' }),
  );
});
