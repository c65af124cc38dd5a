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
            ...[0, 1, 2].map(
              (c) =>
                // What is not seen has no colour.
                Math.sign(plain.data[at + 3]) *
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

  const rect = (more: string) => `<rect id="Jane" width="64" height="80" ${more}/>`;
  const pattern =
    '<pattern id="p" patternContentUnits="objectBoundingBox" width="1" height="1">USE</pattern>';
  it.each<[string, string, number]>([
    ['a class', `<style>.photo{fill:url(#p)}</style>${rect('class="photo"')}`, 0.25],
    ['a quoted address in a style', rect(`style="fill:url('#p')"`), 0.25],
    ['an inherited fill', `<g fill="url(#p)">${rect('')}</g>`, 0.25],
    ['a stroke', rect('stroke="url(#p)" stroke-width="30" fill="none"'), 0.25],
    ['a fill with a colour to fall back on', rect('fill="url(#p) red"'), 0.25],
    ['text', '<text id="Jane" y="60" font-size="60" fill="url(#p)">JANE</text>', 0],
    [
      'a pattern that refers to another',
      `<pattern id="q" xlink:href="#p"/><pattern id="r" xlink:href="#q"/>${rect('fill="url(#r)"')}`,
      0.25,
    ],
    [
      'a symbol',
      `<symbol id="s">${rect('fill="url(#p)"')}</symbol><use id="Jane" xlink:href="#s" x="9"/>`,
      0.25,
    ],
    [
      'a scaled symbol',
      `<symbol id="s" viewBox="0 0 64 80">${rect('fill="url(#p)"')}</symbol><use xlink:href="#s" width="128" height="160"/>`,
      0.5,
    ],
    [
      'a group in defs, used',
      `<defs><g id="s" transform="scale(2)">${rect('fill="url(#p)"')}</g></defs><use xlink:href="#s"/>`,
      0.5,
    ],
    [
      'a use of a use',
      `<defs><use id="t" xlink:href="#s" transform="scale(2)"/><g id="s">${rect('fill="url(#p)"')}</g></defs><use xlink:href="#t"/>`,
      0.5,
    ],
    ['a style of transform', `<style>#Jane{transform:scale(2)}</style>${rect('fill="url(#p)"')}`, 0.5],
  ])('finds portraits shown by %s', async (_, body, density) => {
    const { portrait } = await pictures();
    const use = `<use xlink:href="#image" transform="scale(${1 / 256} ${1 / 320})"/>`;
    const text = svg(
      200,
      200,
      `${pattern.replace('USE', use)}${body}<defs><image id="image" width="256" height="320" xlink:href="${portrait}"/></defs>`,
    );
    const { placements } = await browser.withPage((page) => measurePictures(page, readFrame(text, 'frame')));
    if (density > 0) expect(placements[0].density).toBeCloseTo(density, 3);
    else expect(placements[0].density).toBeGreaterThan(0);
    expect(await exported(text)).toMatchObject({ portraits: 1, unstyled: 0, warnings: [] });
  });

  it.each([
    ['scale(-1 1) translate(-64 0)', true, 0],
    ['scale(1 -1) translate(0 -80)', true, 2],
    ['translate(64 80) scale(-1 -1)', false, 2],
    ['rotate(90) scale(-1 1)', true, 1],
    ['rotate(90)', false, 1],
    ['skewX(10)', false, 0],
  ])('%s: flipped %s, then turned by %i quarters', async (transform, isMirrored, quarterTurns) => {
    const { portrait } = await pictures();
    const image = `<image id="i" width="64" height="80" xlink:href="${portrait}" transform="${transform}"/>`;
    const text = svg(200, 200, `<g transform="translate(90 90)">${image}</g>`);
    const { placements } = await browser.withPage((page) => measurePictures(page, readFrame(text, 'frame')));
    expect(placements[0]).toMatchObject({ isMirrored, quarterTurns });
  });

  it('forms that other programs write: where they are shown, how large, whether mirrored', async () => {
    const uri = (await pictures()).portrait;
    const photo = (more = '') => `<image width="64" height="80" href="${uri}" ${more}/>`;
    const tile = (id: string, more = '') =>
      `<pattern id="${id}" width="64" height="80" patternUnits="userSpaceOnUse" ${more}>${photo()}</pattern>`;
    const box = 'width="64" height="80"';
    // The portrait has 256×320 px: it is shown at 1/4, or twice that.
    const forms: readonly (readonly [body: string, density: number, isMirrored: boolean])[] = [
      [`<defs>${photo('id="a b"')}</defs><use href="#a%20b"/>`, 1, false],
      [`<defs>${tile('my pat')}</defs><rect ${box} fill="url(#my%20pat)"/>`, 1, false],
      [`<defs>${tile('my pot')}</defs><rect ${box} style="fill:url('#my pot')"/>`, 1, false],
      [
        `${tile('t1', 'patternTransform="translate(64 0) scale(-1 1)"')}<rect ${box} fill="url(#t1)"/>`,
        1,
        true,
      ],
      [
        `${tile('t2')}<pattern id="t3" xlink:href="#t2" patternTransform="scale(-1 1)"/><rect ${box} fill="url(#t3)"/>`,
        1,
        true,
      ],
      [
        `<g transform="scale(-1 1)"><svg width="128" height="160" viewBox="0 0 64 80">${photo()}</svg></g>`,
        2,
        true,
      ],
      [
        `<foreignObject ${box}><div xmlns="http://www.w3.org/1999/xhtml" style="transform:scaleX(-1)"><svg xmlns="http://www.w3.org/2000/svg" ${box}>${photo()}</svg></div></foreignObject>`,
        1,
        true,
      ],
      [
        `<symbol id="s1" viewBox="0 0 64 80">${photo()}</symbol><use href="#s1" ${box} transform="scale(-1 1)"/>`,
        1,
        true,
      ],
      [photo('style="scale:-1 1"'), 1, true],
      [`<style>.m{transform:scaleX(-1)}</style>${photo('class="m"')}`, 1, true],
      [photo('transform="rotate(180) scale(1 -1)"'), 1, true],
      [
        `${tile('t4')}<path id="p1" d="M0 0h64v80h-64z" visibility="hidden"/><use href="#p1" fill="url(#t4)" visibility="visible"/>`,
        1,
        false,
      ],
      [`${tile('t5')}<rect ${box} style="--p:url(#t5);fill:var(--p)"/>`, 1, false],
      [`<defs><svg id="s2" ${box} viewBox="0 0 64 80">${photo()}</svg></defs><use href="#s2"/>`, 1, false],
      [`<g visibility="hidden">${photo()}</g>`, 0, false],
    ];
    const body = forms.map(([form], i) => `<g id="Layer ${i}">${form}</g>`).join('');
    const frame = readFrame(svg(900, 900, body), 'frame');
    const { placements } = await browser.withPage((page) => measurePictures(page, frame));
    forms.forEach(([form, density, isMirrored], i) => {
      expect(placements[i].density, form).toBeCloseTo(density / 4, 3);
      expect([placements[i].isMirrored, placements[i].quarterTurns], form).toEqual([isMirrored, 0]);
      expect(placements[i].layers.includes(`Layer ${i}`), form).toBe(density > 0);
    });
  });

  it('a mirrored portrait is painted as it is seen, and put back as it was', async () => {
    const { portrait } = await pictures();
    const text = svg(
      256,
      320,
      `<image width="256" height="320" xlink:href="${portrait}" transform="translate(256 0) scale(-1 1)"/>`,
    );
    const [plain, { picture, painted }] = [await draw(text, 1), await exported(text)];
    const at = (x: number, y: number) => (y * 256 + x) * 4;
    for (const [x, y] of [
      [40, 40],
      [128, 150],
      [200, 300],
    ]) {
      for (let c = 0; c < 3; c++) {
        expect(Math.abs(painted[0].data[at(x, y) + c] - plain.data[at(x, y) + c])).toBeLessThan(12);
        expect(Math.abs(picture.data[at(x, y) + c] - (255 - plain.data[at(x, y) + c]))).toBeLessThan(12);
      }
    }
  });

  it.each<[string, (portrait: string) => string]>([
    [
      'a mask',
      (uri) =>
        `<mask id="m"><image id="Jane" width="64" height="80" xlink:href="${uri}"/></mask><rect width="9" height="9" fill="red" mask="url(#m)"/>`,
    ],
    [
      'a filter',
      (uri) =>
        `<filter id="f"><feImage xlink:href="${uri}"/></filter><rect width="90" height="90" fill="red" filter="url(#f)"/>`,
    ],
    [
      'a marker',
      (uri) =>
        `<marker id="m" markerWidth="9" markerHeight="9"><image width="9" height="9" xlink:href="${uri}"/></marker><path d="M9 9h9" stroke="red" marker-end="url(#m)"/>`,
    ],
    [
      'a background of HTML',
      (uri) =>
        `<foreignObject width="64" height="80"><div xmlns="http://www.w3.org/1999/xhtml" style="height:80px;background-image:url(${uri})"></div></foreignObject>`,
    ],
    [
      'a class of HTML',
      (uri) =>
        `<style>.b{background:url("${uri}")}</style><foreignObject width="64" height="80"><div xmlns="http://www.w3.org/1999/xhtml" class="b"></div></foreignObject>`,
    ],
    [
      'a mask of an address that CSS escapes',
      (uri) => `<rect width="9" height="9" fill="red" style="mask-image:url('\\64 ${uri.slice(1)}')"/>`,
    ],
    [
      'a picture that nothing shows',
      (uri) => `<defs><image width="64" height="80" xlink:href="${uri}"/></defs>`,
    ],
  ])('says that it leaves a face as it is: %s', async (_, body) => {
    const text = svg(
      100,
      100,
      `<rect width="50" height="50" fill="#888"/>${body((await pictures()).portrait)}`,
    );
    const { portraits, unstyled, warnings } = await exported(text);
    expect([portraits, unstyled]).toEqual([0, 1]);
    expect(warnings[0]).toContain('shows a face and was left as it is');
  });

  it('a picture that cannot be read is left as it is, and named', async () => {
    const broken = `data:image/png;base64,${Buffer.from('\x89PNG\r\n\x1a\nno more', 'latin1').toString('base64')}`;
    const text = svg(
      100,
      100,
      `<rect width="50" height="50" fill="#888"/><image id="Jane" width="64" height="80" xlink:href="${broken}"/>`,
    );
    expect(await exported(text)).toMatchObject({ portraits: 0, unstyled: 0 });
    const cut = (await pictures()).portrait.slice(0, -4000);
    const { unstyled, warnings } = await exported(text.replace(broken, cut));
    expect(unstyled).toBe(1);
    expect(warnings[0]).toMatch(/^Jane: .*ends too early/);
  });

  it('names fonts that are neither in the frame nor on this machine', async () => {
    const words = (font: string) => `<text y="30" font-family="${font}" fill="red">Team</text>`;
    const text = svg(
      100,
      60,
      words('Nobody Has This') + words('DejaVu Sans') + words('monospace') + words("'Nor This', serif"),
    );
    expect((await exported(text)).warnings).toEqual([
      'The font "Nobody Has This" is not here: another one was drawn.',
      'The font "Nor This" is not here: another one was drawn.',
    ]);
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
