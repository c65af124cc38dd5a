/** Opens a preview client in Chromium: in a page of opaque origin, as in Figma, or in one that a server of this machine serves. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Frame, Page } from 'puppeteer';
import type { AssetName } from '../../../protocol/window-assets.ts';
import { packAsset, type WindowKind } from '../../../renderer/server/http/window-assets.ts';
import { bundleWorker } from '../../../scripts/build-window.ts';

export interface OpenedPreview {
  /** Where ./page.ts runs. */
  readonly frame: Frame;
  readonly page: Page;
  close(): Promise<void>;
}

/** @param pictures files by the name under which requests ask for them */
export async function openPreview(
  browser: Browser,
  kind: WindowKind,
  pictures: Readonly<Record<string, Buffer>>,
): Promise<OpenedPreview> {
  const html = await pageOf(kind);
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error('the page threw:', error));
  await page.exposeFunction('readAsset', async (name: AssetName) =>
    (await packAsset(name, kind)).toString('base64'),
  );
  await page.exposeFunction('readPicture', (name: string) => pictures[name].toString('base64'));
  if (kind === 'inlined') {
    const source = `data:text/html;base64,${Buffer.from(html).toString('base64')}`;
    await page.setContent(`<iframe src="${source}"></iframe>`);
    const frame = await page.waitForFrame((one) => one.url().startsWith('data:'));
    await frame.waitForFunction('typeof take === "function"');
    return { frame, page, close: () => page.close() };
  }
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    frame: page.mainFrame(),
    page,
    async close() {
      await page.close();
      server.close();
    },
  };
}

async function pageOf(kind: WindowKind): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    define: { PREVIEW_WORKER: JSON.stringify(await bundleWorker(kind)) },
  });
  return `<!doctype html><script>${outputFiles[0].text.replaceAll('</script', '<\\/script')}</script>`;
}
