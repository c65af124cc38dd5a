import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openBrowser, showDocument } from '../../../renderer/export/browser.ts';
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

  it('draws XML as XML: what was hidden from a check of XML stays text', async () => {
    const hidden =
      '<p><![CDATA[</p><img src="x" onerror="document.title=1"><style>p{color:red}</style>]]></p>';
    const seen = await browser.withPage(async (tab) => {
      await showDocument(tab, {
        body: `<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>${hidden}</body></html>`,
        contentType: 'application/xhtml+xml',
        policy: "default-src 'none'",
      });
      return tab.evaluate(() => [document.images.length, document.querySelectorAll('style').length]);
    });
    expect(seen).toEqual([0, 0]);
  });

  it.runIf(process.platform === 'linux')(
    'is ended when it takes too much memory, and not tried again',
    async () => {
      const small = openBrowser({ memory: 600 * 2 ** 20 });
      let tries = 0;
      const greedy = small.withPage((tab) => {
        tries++;
        return tab.evaluate(() => {
          const kept = Array.from({ length: 100 }, (_, i) => new Uint8Array(2 ** 24).fill(i + 1));
          return new Promise(() => kept);
        });
      });
      await expect(greedy).rejects.toMatchObject({ code: 'BROWSER_FAILED' });
      expect(tries).toBe(1);
      expect(await small.withPage((tab) => tab.evaluate(() => 7))).toBe(7);
      await small.close();
    },
  );

  it.runIf(process.getuid?.() === 0)(
    'is nobody, in its sandbox, where root starts it; and knows no secret',
    async () => {
      vi.stubEnv('LIMNER_TOKEN', 'secret');
      const fresh = openBrowser();
      const { uid, environment, command } = await fresh.withPage(async (tab) => {
        const { pid } = tab.browser().process()!;
        return {
          uid: /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1],
          environment: readFileSync(`/proc/${pid}/environ`, 'utf8'),
          command: readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
        };
      });
      await fresh.close();
      vi.unstubAllEnvs();
      expect(uid).toBe('65534');
      expect(command).not.toContain('--no-sandbox');
      expect(environment).not.toContain('LIMNER_TOKEN');
    },
  );

  it('gives up what hangs, and what is cancelled; the next page works', async () => {
    const hasty = openBrowser({ timeout: 10_000 });
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
