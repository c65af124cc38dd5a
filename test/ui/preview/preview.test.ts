import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFaceNetworks } from '../../../models/face/index.ts';
import { encodeStyle } from '../../../models/style-file/index.ts';
import { prepareStyle, stylize } from '../../../models/stylize/stylize.ts';
import { decodePicture } from '../../../renderer/core/pictures/read-picture.ts';
import { findChromium, launchChromium } from '../../hosts/chromium.ts';
import { plainStyle } from '../../models/style-file/samples.ts';
import { meanDifference } from './mean-difference.ts';
import { type OpenedPreview, openPreview } from './open-preview.ts';
import type { Take, TestClient } from './page.ts';

declare const wasm: TestClient;
declare const take: Take;

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
/** No larger than a preview, so that nothing is resized on the way. */
const HEAD = { left: 105, top: 0, width: 240, height: 320 };
const SMALL = 600;
/** What stands behind her: no face. */
const shuttle = () =>
  sharp(fixture('astronaut.png')).extract({ left: 330, top: 0, width: 180, height: 300 }).jpeg().toBuffer();

let browser: Browser;
let pictures: Record<string, Buffer>;
let preview: OpenedPreview;

describe.skipIf(!findChromium())('a preview in a page of opaque origin', () => {
  beforeAll(async () => {
    const flat = sharp({ create: { width: 300, height: 300, channels: 3, background: '#7a7' } });
    pictures = {
      head: await sharp(fixture('astronaut.png')).extract(HEAD).png().toBuffer(),
      joconde: await sharp(fixture('joconde.jpg')).resize({ height: SMALL }).png().toBuffer(),
      large: await sharp(fixture('astronaut.png')).resize(1600).png().toBuffer(),
      twin: await sharp(fixture('astronaut.png')).extract(HEAD).png().toBuffer(),
      flat: await flat.png().toBuffer(),
      texture: Buffer.from(encodeStyle({ ...plainStyle, reference: await shuttle() })),
      text: Buffer.from('no picture'),
    };
    browser = await launchChromium();
    preview = await openPreview(browser, 'inlined', pictures);
  });
  afterAll(() => browser?.close());

  it('equals what the method paints outside of a browser', async () => {
    const { taken, log, isSecure } = await preview.frame.evaluate(async () => {
      const { client, log, request } = wasm;
      const taken = take(await client.preview(request('head', 'joconde')));
      return { taken, log, isSecure: isSecureContext };
    });
    expect(isSecure).toBe(false);
    const shares = [1, 2, 3, 4, 5, 6].map((loaded) => loaded / 6);
    expect(log).toEqual([...shares, 'wasm']);
    const networks = await loadFaceNetworks({ device: 'cpu' });
    const [head, joconde] = await Promise.all(
      ['head', 'joconde'].map((name) => decodePicture(pictures[name], name)),
    );
    const { picture } = await stylize(head, await prepareStyle(joconde, networks), networks, {
      quality: 'draft',
    });
    await networks.release();
    expect([taken?.width, taken?.height]).toEqual([240, 320]);
    // Networks round otherwise in WebAssembly, which moves some patches; another picture is 20 and more away.
    expect(meanDifference(taken!.pixels, picture.data)).toBeLessThan(2);
  });

  it('is shown coarse first, where there is something to paint', async () => {
    const { coarse, wanted, again } = await preview.frame.evaluate(async () => {
      const { client, request } = wasm;
      const seen: ReturnType<Take>[] = [];
      const ask = (look: object) =>
        client.preview({
          ...request('head', 'joconde', look),
          onCoarse: (shown) => void seen.push(take(shown)),
        });
      const wanted = take(await ask({ likeness: 0.7 }));
      const coarse = [...seen];
      await ask({ likeness: 0.7, strength: 0.5 });
      return { coarse, wanted, again: seen.length };
    });
    expect(coarse).toHaveLength(1);
    const [{ width, height, pixels }] = coarse as { width: number; height: number; pixels: number[] }[];
    expect([width, height]).toEqual([wanted?.width, wanted?.height]);
    const errors = pixels.map((value, i) => Math.abs(value - (wanted?.pixels[i] ?? 0)));
    const error = errors.reduce((sum, value) => sum + value, 0) / errors.length;
    expect(error).toBeGreaterThan(1); // it is another picture,
    expect(error).toBeLessThan(16); // of the same
    expect(again).toBe(1); // What is painted already is only composed anew.
  });

  it('takes a style made of a reference without a face for its texture, and says so', async () => {
    const shown = await preview.frame.evaluate(async () => {
      const { client, request } = wasm;
      const shown = await client.preview(request('head', 'texture'));
      return { warnings: shown?.warnings, taken: take(shown) };
    });
    expect(shown.warnings?.join(' ')).toMatch(/only its texture/);
    const original = await sharp(pictures['head']).ensureAlpha().raw().toBuffer();
    expect(meanDifference(shown.taken!.pixels, original)).toBeGreaterThan(5);
  });

  it('shows the face near by, and is at most 384 pixels wide, whatever the size of the portrait', async () => {
    const taken = await preview.frame.evaluate(async () => {
      const { client, request } = wasm;
      return take(await client.preview(request('large', 'joconde')));
    });
    expect([taken?.width, taken?.height]).toEqual([384, 512]);
  });

  it('reads and studies portrait and style once, however often a slider moves', async () => {
    const { reads, weak, strong } = await preview.frame.evaluate(async () => {
      const { client, reads, request } = wasm;
      const before = reads.length;
      const strong = take(await client.preview(request('twin', 'joconde')));
      await client.preview(request('twin', 'joconde', { likeness: 0.9 }));
      const weak = take(await client.preview(request('twin', 'joconde', { strength: 0 })));
      return { reads: reads.slice(before), weak, strong };
    });
    expect(reads).toEqual(['twin']);
    const original = await sharp(pictures['head']).ensureAlpha().raw().toBuffer();
    expect(meanDifference(weak!.pixels, original)).toBeLessThan(1);
    expect(meanDifference(strong!.pixels, original)).toBeGreaterThan(10);
  });

  it('never computes what was passed over while it waited, and ends at the last wish', async () => {
    const { settled, last, wanted } = await preview.frame.evaluate(async () => {
      const { client, request } = wasm;
      const wishes = [0, 0.2, 0.4, 0.6, 0.8, 1].map((likeness) =>
        client.preview(request('head', 'joconde', { likeness })),
      );
      const results = await Promise.all(wishes);
      const wanted = take(await client.preview(request('head', 'joconde', { likeness: 1 })));
      return { settled: results.map((result) => result !== null), last: take(results[5]), wanted };
    });
    expect(settled).toEqual([true, false, false, false, false, true]);
    expect(last).toEqual(wanted);
  });

  it('never shows a portrait that is not wanted any more', async () => {
    const settled = await preview.frame.evaluate(async () => {
      const { client, request } = wasm;
      const both = [client.preview(request('large', 'joconde')), client.preview(request('head', 'joconde'))];
      return (await Promise.all(both)).map((result) => result?.after.width ?? null);
    });
    expect(settled).toEqual([null, 240]);
  });

  it.each([
    ['flat', 'joconde', 'NO_FACE'],
    ['head', 'flat', 'NO_FACE_IN_STYLE'],
    ['text', 'joconde', 'CORRUPT_PICTURE'],
  ])('of %s in the style of %s is %s, and the next one works', async (portrait, style, expected) => {
    const { code, width } = await preview.frame.evaluate(
      async (portraitName, styleName) => {
        const { client, request } = wasm;
        const code = await client.preview(request(portraitName, styleName)).then(
          () => null,
          (error) => error.code,
        );
        const next = await client.preview(request('head', 'joconde'));
        return { code, width: next?.after.width };
      },
      portrait,
      style,
    );
    expect({ code, width }).toEqual({ code: expected, width: 240 });
  });
});
