import { decodePDFRawStream, PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LimnerError } from '../../../models/errors.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { encodePicture } from '../../../renderer/core/pictures/encode-picture.ts';
import { decodePicture } from '../../../renderer/core/pictures/read-picture.ts';
import { type Browser, openBrowser } from '../../../renderer/export/browser.ts';
import { drawFrame } from '../../../renderer/export/draw-frame.ts';
import { type ExportOptions, exportFrame } from '../../../renderer/export/export-frame.ts';
import { readFrame } from '../../../renderer/export/frame.ts';
import { measurePictures } from '../../../renderer/export/measure-pictures.ts';
import { findChromium } from '../../hosts/chromium.ts';
import { fill, pictures, svg, teamFrame } from './frames.ts';

/** Stands for the networks: what it has painted is the negative, so that it can be told exactly. */
const negative = ({ width, height, data }: Picture, scale: number): Picture => {
  const inverted = Uint8ClampedArray.from(data, (value, i) => (i % 4 === 3 ? value : 255 - value));
  return resizePicture({ width, height, data: inverted }, width * scale, height * scale);
};

describe.skipIf(!findChromium())('frames in Chromium', () => {
  let browser: Browser;
  beforeAll(() => {
    browser = openBrowser();
  });
  afterAll(() => browser.close());

  const draw = (text: string, scale: number) =>
    browser.withPage((page) => drawFrame(page, readFrame(text, 'frame'), scale));

  async function exported(text: string, options: Partial<ExportOptions> = {}) {
    const painted: Picture[] = [];
    const result = await exportFrame(text, 'frame', browser, {
      scale: 1,
      layers: null,
      format: 'png',
      seal: (picture) => encodePicture(picture, 'png'),
      xmp: () => null,
      hasFace: async ({ width, height }) => width !== height,
      paint: async (portrait, scale) => {
        if (portrait.width === portrait.height) throw new LimnerError('NO_FACE', 'No face.');
        painted.push(portrait);
        return negative(portrait, scale);
      },
      ...options,
    });
    const picture = result.bytes[0] === 0x89 ? await decodePicture(result.bytes, 'result') : null;
    return { ...result, painted, picture: picture as Picture };
  }

  it('is the same frame outside the portraits, and shows what was painted inside', async () => {
    const text = await teamFrame();
    const [plain, { picture, portraits }] = [await draw(text, 2), await exported(text, { scale: 2 })];
    expect([picture.width, picture.height, portraits]).toEqual([480, 400, 2]);
    const inside = (x: number, y: number) => y >= 80 && y < 240 && (x < 168 ? x >= 40 : x >= 200);
    let [outside, inner] = [0, 0];
    for (let y = 0; y < 400; y++) {
      for (let x = 0; x < 480; x++) {
        const at = (y * 480 + x) * 4;
        const difference = (sign: 1 | -1) =>
          Math.max(
            ...[0, 1, 2].map((c) =>
              Math.abs(picture.data[at + c] - (sign === 1 ? plain.data[at + c] : 255 - plain.data[at + c])),
            ),
          );
        if (!inside(x, y))
          outside = Math.max(outside, difference(1), Math.abs(picture.data[at + 3] - plain.data[at + 3]));
        else if (x > 56 && x < 152 && y > 96 && y < 224) inner = Math.max(inner, difference(-1));
      }
    }
    expect(outside).toBe(0);
    expect(inner).toBeLessThan(40);
  });

  it('keeps the background transparent and corners round', async () => {
    const { picture } = await exported(await teamFrame(), { scale: 2 });
    const alpha = (x: number, y: number) => picture.data[(y * picture.width + x) * 4 + 3];
    expect([alpha(10, 300), alpha(41, 81), alpha(100, 100), alpha(352, 110)]).toEqual([0, 0, 255, 0]);
  });

  it('paints each distinct picture once, upright, as large as the export needs it', async () => {
    const { portrait, scenery } = await pictures();
    const avatars = Array.from(
      { length: 24 },
      (_, i) =>
        `<rect id="A${i}" x="${(i % 6) * 40}" y="${Math.floor(i / 6) * 50}" width="32" height="40" fill="url(#f${i % 2})"/>`,
    );
    const text = svg(
      240,
      200,
      `${avatars.join('')}<defs>${fill('f0', 'a')}${fill('f1', 'b', [64, 64])}<image id="a" width="256" height="320" xlink:href="${portrait}"/><image id="b" width="64" height="64" xlink:href="${scenery}"/></defs>`,
    );
    const { painted, portraits, picture } = await exported(text, { scale: 8 });
    expect([painted.length, portraits, picture.width, picture.height]).toEqual([1, 1, 1920, 1600]);
    expect([painted[0].width, painted[0].height]).toEqual([256, 320]);
    const small = await exported(await teamFrame());
    expect(small.painted.map(({ width, height }) => [width, height])).toEqual([
      [256, 320],
      [256, 320],
    ]);
  });

  it('measures crops, rotations and nested transforms', async () => {
    const { portrait } = await pictures();
    const image = (id: string, more = '') =>
      `<image id="${id}" width="256" height="320" ${more} xlink:href="${portrait}"/>`;
    const text = svg(
      400,
      400,
      `<g id="Card" transform="scale(2)"><g id="Photo" transform="rotate(90)">${image('one', 'transform="scale(.25)"')}</g></g>
      <rect id="Crop" width="100" height="100" fill="url(#crop)"/>${`<defs><pattern id="crop" patternContentUnits="objectBoundingBox" width="1" height="1"><use xlink:href="#two" transform="translate(-1 -1) scale(${1 / 64})"/></pattern>${image('two')}${image('unused')}</defs>`}`,
    );
    const frame = readFrame(text, 'frame');
    const { placements } = await browser.withPage((page) => measurePictures(page, frame));
    const [one, two, unused] = placements;
    expect(one).toMatchObject({ quarterTurns: 1, layers: ['one', 'Photo', 'Card'] });
    expect(one.density).toBeCloseTo(0.5, 5);
    expect(two).toMatchObject({ quarterTurns: 0, layers: ['Crop'] });
    expect(two.density).toBeCloseTo(100 / 64, 5);
    expect(unused.density).toBe(0);
  });

  it('--portraits: the named layers alone; NO_LAYER names one that is not there', async () => {
    const { portraits } = await exported(await teamFrame(), { layers: ['Joan'] });
    expect(portraits).toBe(1);
    const { warnings } = await exported(await teamFrame(), { layers: ['Hill'] });
    expect(warnings[0]).toMatch(/^Hill: No face/);
    await expect(exported(await teamFrame(), { layers: ['Jim'] })).rejects.toThrow(/no layer "Jim".*/);
  });

  it('tiles meet without a seam', async () => {
    const body = `<defs><linearGradient id="g"><stop stop-color="#fff"/><stop offset="1" stop-color="#102"/></linearGradient><filter id="b"><feGaussianBlur stdDeviation="3"/></filter></defs>
      <rect width="320" height="60" fill="url(#g)"/><circle cx="256" cy="30" r="20" fill="#e33" filter="url(#b)"/><path d="M0 60 320 0" stroke="#3e3" stroke-width=".7"/>`;
    const whole = await draw(svg(320, 60, body), 8);
    expect(whole.width).toBe(2560);
    // The same picture with its seam elsewhere: what lies at 2048 there lies in the middle of a tile here.
    const moved = await draw(svg(320, 60, `<g transform="translate(-64 0)">${body}</g>`), 8);
    // Antialiasing differs here and there by rounding; at the seam it may do so no more than elsewhere.
    const differing = (from: number, to: number) => {
      let count = 0;
      for (let y = 0; y < 480; y++) {
        for (let x = from; x < to; x++) {
          const at = (y * 2560 + x) * 4;
          const isOff = (c: number) => Math.abs(whole.data[at + c] - moved.data[at - 512 * 4 + c]) > 2;
          if ([0, 1, 2, 3].some(isOff)) count++;
        }
      }
      return count / (480 * (to - from));
    };
    expect(differing(1536, 2560)).toBeLessThan(0.001);
    expect(differing(2040, 2056)).toBeLessThan(0.003);
  });

  it('PDF keeps texts as texts and says how it was made', async () => {
    const { bytes } = await exported(await teamFrame(), {
      format: 'pdf',
      xmp: () => '<x:xmpmeta>made by us</x:xmpmeta>',
    });
    const pdf = Buffer.from(bytes).toString('latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf).toContain('made by us');
    const document = await PDFDocument.load(bytes);
    expect(document.getPages().map((page) => page.getSize())).toEqual([{ width: 180, height: 150 }]);
    const objects = document.context.enumerateIndirectObjects().map(([, object]) => object);
    const fonts = objects.filter((object) => object.toString().includes('/FontFile'));
    expect(fonts.length).toBeGreaterThan(0);
    const drawn = objects.flatMap((object) =>
      object instanceof PDFRawStream && String(object.dict.get(PDFName.of('Subtype'))) !== '/Image'
        ? [Buffer.from(decodePDFRawStream(object).decode()).toString('latin1')]
        : [],
    );
    expect(drawn.some((code) => /\bTj\b|\bTJ\b/.test(code))).toBe(true);
  });

  it('refuses sizes over 16,384 px and a frame that shows nothing', async () => {
    await expect(
      exported(svg(4000, 10, '<rect width="9" height="9" fill="red"/>'), { scale: 8 }),
    ).rejects.toMatchObject({ code: 'USAGE' });
    await expect(exported(svg(20, 20, ''))).rejects.toMatchObject({ code: 'BAD_OUTPUT' });
  });
});
