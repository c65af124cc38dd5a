import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFaceNetworks } from '../../../models/face/index.ts';
import { prepareStyle, stylize } from '../../../models/stylize/stylize.ts';
import { decodePicture } from '../../../renderer/core/pictures/read-picture.ts';
import { findChromium, launchChromium } from '../../hosts/chromium.ts';
import { meanDifference } from './mean-difference.ts';
import { type OpenedPreview, openPreview } from './open-preview.ts';
import type { Take, TestClient } from './page.ts';

declare const wasm: TestClient;
declare const take: Take;

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
let browser: Browser;
let pictures: Record<string, Buffer>;
let preview: OpenedPreview;

describe.skipIf(!findChromium())('the preview in a page of opaque origin', () => {
  beforeAll(async () => {
    const head = { left: 105, top: 0, width: 240, height: 320 };
    pictures = {
      joconde: await sharp(fixture('joconde.jpg')).resize({ height: 600 }).png().toBuffer(),
      head: await sharp(fixture('astronaut.png')).extract(head).png().toBuffer(),
      avatar: await sharp(fixture('astronaut.png')).extract(head).resize(72).png().toBuffer(),
    };
    browser = await launchChromium();
    preview = await openPreview(browser, 'inlined', pictures);
  });
  afterAll(() => browser?.close());

  it('and the result of an avatar are painted larger and made small again, as outside of the window', async () => {
    const { taken, bytes } = await preview.frame.evaluate(async () => {
      const { client, request, read } = wasm;
      const taken = take(await client.preview(request('avatar', 'joconde')));
      const look = { ...request('avatar', 'joconde').look, quality: 'draft' as const, scale: 1 as const };
      const [portrait, style] = [await read('avatar'), await read('joconde')];
      const work = { portrait, style, turn: 0 as const, within: { width: 72, height: 96 }, look };
      const { tiles } = await client.render(work, new AbortController().signal, () => undefined);
      return { taken, bytes: [...tiles[0].bytes] };
    });
    const networks = await loadFaceNetworks({ device: 'cpu' });
    const [avatar, joconde] = await Promise.all(
      ['avatar', 'joconde'].map((name) => decodePicture(pictures[name], name)),
    );
    const style = await prepareStyle(joconde, networks);
    const { picture } = await stylize(avatar, style, networks, { quality: 'draft' });
    await networks.release();
    expect(meanDifference(taken!.pixels, picture.data)).toBeLessThan(1);
    const made = await decodePicture(Uint8Array.from(bytes), 'made');
    expect(meanDifference(made.data, picture.data)).toBeLessThan(1);
  });

  it('gives way to a full-size result without a renderer, which can be cancelled', async () => {
    const { size, types, code, shares } = await preview.frame.evaluate(async () => {
      const { client, request, read } = wasm;
      const look = { ...request('head', 'joconde').look, scale: 2 as const };
      const within = { width: 320, height: 240 };
      const work = {
        portrait: await read('head'),
        style: await read('joconde'),
        turn: 90 as const,
        within,
        look,
      };
      const shares: number[] = [];
      const { width, height, tiles } = await client.render(work, new AbortController().signal, (share) =>
        shares.push(share),
      );
      const abort = new AbortController();
      const cancelled = client.render(work, abort.signal, () => abort.abort());
      const code = await cancelled.then(
        () => null,
        (error) => error.code,
      );
      const types = tiles.map(({ bytes }) => String.fromCharCode(...bytes.slice(1, 4)));
      return { size: [width, height], types, code, shares };
    });
    expect(size).toEqual([480, 640]);
    expect(types).toEqual(['PNG']);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(code).toBe('CANCELLED');
  });
});
