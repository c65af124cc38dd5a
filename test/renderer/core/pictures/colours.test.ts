import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../../models/image/picture.ts';
import { decodePicture, normalisePicture } from '../../../../renderer/core/pictures/read-picture.ts';
import { withChunk } from './samples.ts';

type Rgb = readonly [number, number, number];

const fixture = (name: string) =>
  readFile(fileURLToPath(new URL(`../../../fixtures/colours/${name}`, import.meta.url)));
const decode = (bytes: Uint8Array) => decodePicture(bytes, 'picture');

/** The colours in the middle of the four quarters: left and right above, left and right below. */
const quarters = ({ width, height, data }: Picture) =>
  [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ].map(([x, y]) => {
    const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 4;
    return [...data.subarray(at, at + 4)];
  });

function expectNear(actual: readonly number[][], expected: readonly (readonly number[])[], tolerance = 2) {
  const worst = Math.max(...expected.flatMap((pixel, i) => pixel.map((v, c) => Math.abs(v - actual[i][c]))));
  expect(worst, `${JSON.stringify(actual)} is near ${JSON.stringify(expected)}`).toBeLessThanOrEqual(
    tolerance,
  );
}

const opaque = (colours: readonly Rgb[]) => colours.map((colour) => [...colour, 255]);

/** 24×32 in four quarters, of 8 or, from codes 0..1, of 16 bits. */
function raw(colours: readonly (readonly number[])[], depth: 8 | 16 = 8) {
  const channels = colours[0].length as 1 | 2 | 3 | 4;
  const [width, height] = [24, 32];
  const data = new (depth === 8 ? Uint8Array : Uint16Array)(width * height * channels);
  for (let i = 0; i < width * height; i++) {
    const quarter = (i % width >= 12 ? 1 : 0) + (i >= 16 * width ? 2 : 0);
    data.set(
      depth === 8 ? colours[quarter] : colours[quarter].map((v) => Math.round(v * 65_535)),
      i * channels,
    );
  }
  const space = { 8: channels < 3 ? 'b-w' : 'srgb', 16: channels < 3 ? 'grey16' : 'rgb16' }[depth];
  return sharp(data, { raw: { width, height, channels } }).toColourspace(space);
}

const FOUR: readonly Rgb[] = [
  [0xc0, 0x80, 0x60],
  [0x20, 0x40, 0xb0],
  [0x30, 0xa0, 0x50],
  [0xf0, 0xe0, 0xd0],
];
const linear = (code: number) => (code <= 0.04045 ? code / 12.92 : ((code + 0.055) / 1.055) ** 2.4);
const light = (colour: Rgb) => colour.map((code) => linear(code / 255));

/** Linear sRGB in the primaries of BT.2020 (ITU-R BT.2087, inverse of annex 2). */
const in2020 = ([r, g, b]: readonly number[]) => [
  0.6274 * r + 0.3293 * g + 0.0433 * b,
  0.0691 * r + 0.9195 * g + 0.0114 * b,
  0.0164 * r + 0.088 * g + 0.8956 * b,
];
/** SMPTE ST 2084 of light relative to paper white at 203 cd/m². */
const pq = (value: number) => {
  const y = ((Math.max(0, value) * 203) / 10_000) ** 0.1593017578125;
  return ((0.8359375 + 18.8515625 * y) / (1 + 18.6875 * y)) ** 78.84375;
};
/** HLG of light relative to paper white, of a pixel with this luminance, on a display of 1000 cd/m². */
const hlg = (value: number, luminance: number) => {
  const display = (value * 203) / 1000;
  const scene = luminance > 0 ? display * ((luminance * 203) / 1000) ** (1 / 1.2 - 1) : 0;
  return scene <= 1 / 12 ? Math.sqrt(3 * scene) : 0.17883277 * Math.log(12 * scene - 0.28466892) + 0.55991073;
};
const hlgPixel = (value: readonly number[]) => {
  const y = 0.2627 * value[0] + 0.678 * value[1] + 0.0593 * value[2];
  return value.map((v) => hlg(v, y));
};

const cicp = (png: Uint8Array, ...codes: number[]) =>
  withChunk(png, 'cICP', Uint8Array.from(codes), ['iCCP']);

describe('colours as ImageMagick wrote them', () => {
  it.each([
    ['lab8.tif', 255],
    ['lab16-big-endian.tif', 255],
    ['lab8-alpha.tif', 128],
    ['cmyk.tif', 255],
    ['cmyk.jpg', 255],
  ])('%s', async (name, alpha) => {
    const expected = FOUR.map((colour) => [...colour, alpha]);
    expectNear(quarters(await decode(await fixture(name))), expected);
    const { png } = await normalisePicture(await fixture(name), 'picture');
    expectNear(quarters(await decode(png)), expected);
  });

  it('grey16.png', async () => {
    const greys = [139, 65, 130, 227].map((grey) => [grey, grey, grey, 255]);
    expectNear(quarters(await decode(await fixture('grey16.png'))), greys);
  });
});

describe('colours that PNG and AVIF name', () => {
  it.each([
    ['PQ in BT.2020', [9, 16, 0, 1], FOUR.map((colour) => in2020(light(colour)).map(pq))],
    ['HLG in BT.2020', [9, 18, 0, 1], FOUR.map((colour) => hlgPixel(in2020(light(colour))))],
    ['PQ in BT.709', [1, 16, 0, 1], FOUR.map((colour) => light(colour).map(pq))],
    [
      'BT.2020 with the curve of sRGB',
      [9, 13, 0, 1],
      FOUR.map((colour) =>
        in2020(light(colour)).map((v) => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055)),
      ),
    ],
    ['linear light', [1, 8, 0, 1], FOUR.map(light)],
    ['gamma 2.2', [1, 4, 0, 1], FOUR.map((colour) => light(colour).map((v) => v ** (1 / 2.2)))],
    ['sRGB itself', [1, 13, 0, 1], FOUR.map((colour) => colour.map((v) => v / 255))],
  ])('cICP: %s', async (_, codes, colours) => {
    const png = cicp(await raw(colours, 16).png().toBuffer(), ...codes);
    expectNear(quarters(await decode(png)), opaque(FOUR));
  });

  it('cICP: P3, also with alpha, before a profile that says otherwise', async () => {
    const inP3 = await raw(FOUR.map((colour, i) => [...colour, 255 - 60 * i]))
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const lied = withChunk(inP3, 'cICP', Uint8Array.of(12, 13, 0, 1));
    const expected = FOUR.map((colour, i) => [...colour, 255 - 60 * i]);
    expectNear(quarters(await decode(cicp(inP3, 12, 13, 0, 1))), expected);
    expectNear(quarters(await decode(lied)), expected);
  });

  it('nclx: P3 and PQ in AVIF', async () => {
    const name = (avif: Buffer, primaries: number, transfer: number) => {
      const at = avif.indexOf('colrnclx');
      avif.writeUInt16BE(primaries, at + 8);
      avif.writeUInt16BE(transfer, at + 10);
      return avif;
    };
    const lossless = { lossless: true, chromaSubsampling: '4:4:4' } as const;
    const inP3 = await raw(FOUR).withIccProfile('p3', { attach: true }).png().toBuffer();
    const codes = await sharp(inP3, { ignoreIcc: true }).avif(lossless).toBuffer();
    expectNear(quarters(await decode(name(codes, 12, 13))), opaque(FOUR), 3);
    const inPq = raw(
      FOUR.map((colour) => light(colour).map(pq)),
      16,
    );
    const wide = await inPq.avif({ ...lossless, bitdepth: 10 }).toBuffer();
    expectNear(quarters(await decode(name(wide, 1, 16))), opaque(FOUR), 3);
  });

  it('highlights above paper white are told apart, and what is below the knee stays', async () => {
    const colours: readonly number[][] = [
      [0.2, 0.1, 0.1],
      [0.9, 0.9, 0.9],
      [3, 3, 3],
      [4.9, 2, 2],
    ];
    const png = cicp(
      await raw(
        colours.map((c) => c.map(pq)),
        16,
      )
        .png()
        .toBuffer(),
      1,
      16,
      0,
      1,
    );
    const [shadow, paper, bright, red] = quarters(await decode(png));
    expectNear([shadow], [[124, 89, 89, 255]]);
    expect(paper[0]).toBeLessThan(bright[0]);
    expect(bright[0]).toBeLessThan(254);
    expect(red[0]).toBeGreaterThan(252);
    expect(red[1]).toBeLessThan(200);
  });

  it('gAMA and cHRM without a profile', async () => {
    const gama = (value: number) => {
      const body = Buffer.alloc(4);
      body.writeUInt32BE(value);
      return body;
    };
    const png = await raw(FOUR.map(light), 16).png().toBuffer();
    expectNear(quarters(await decode(withChunk(png, 'gAMA', gama(100_000)))), opaque(FOUR));
    const usual = await raw(FOUR).png().toBuffer();
    expectNear(quarters(await decode(withChunk(usual, 'gAMA', gama(45_455)))), opaque(FOUR), 0);
  });

  it.each([
    ['primaries that nobody knows', [99, 13, 0, 1]],
    ['a curve that nobody knows', [1, 9, 0, 1]],
    ['a narrow range', [9, 16, 0, 0]],
  ])('%s: refused as such', async (_, codes) => {
    const png = cicp(await raw(FOUR).png().toBuffer(), ...codes);
    await expect(decode(png)).rejects.toMatchObject({
      message: expect.stringContaining('cICP or nclx'),
      hint: expect.stringContaining('Use'),
    });
    await expect(decode(png)).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
  });
});

/** A grey profile of nothing but a curve. */
function greyProfile(curve: Buffer, pcs = 'XYZ '): Buffer {
  const profile = Buffer.alloc(144 + 4 * Math.ceil(curve.length / 4));
  profile.writeUInt32BE(profile.length, 0);
  profile.writeUInt32BE(0x04300000, 8);
  profile.write('scnrGRAY', 12, 'latin1');
  profile.write(pcs, 20, 'latin1');
  profile.write('acsp', 36, 'latin1');
  // The illuminant that every profile has.
  [0xf6d6, 0x10000, 0xd32d].forEach((value, i) => {
    profile.writeUInt32BE(value, 68 + 4 * i);
  });
  profile.writeUInt32BE(1, 128);
  profile.write('kTRC', 132, 'latin1');
  profile.writeUInt32BE(144, 136);
  profile.writeUInt32BE(curve.length, 140);
  curve.copy(profile, 144);
  return profile;
}

const curv = (...values: number[]) => {
  const tag = Buffer.alloc(12 + 2 * values.length);
  tag.write('curv', 'latin1');
  tag.writeUInt32BE(values.length, 8);
  values.forEach((value, i) => {
    tag.writeUInt16BE(value, 12 + 2 * i);
  });
  return tag;
};

const para = (kind: number, ...values: number[]) => {
  const tag = Buffer.alloc(12 + 4 * values.length);
  tag.write('para', 'latin1');
  tag.writeUInt16BE(kind, 8);
  values.forEach((value, i) => {
    tag.writeInt32BE(Math.round(value * 65_536), 12 + 4 * i);
  });
  return tag;
};

/** iCCP: a name, the compression, the profile. */
function withProfile(png: Uint8Array, profile: Buffer): Buffer {
  return withChunk(
    png,
    'iCCP',
    Buffer.concat([Buffer.from('grey\0\0', 'latin1'), deflateSync(profile, { level: 0 })]),
  );
}

describe('16-bit grey with a profile', () => {
  const greys = [10, 90, 160, 250];
  it.each<[string, Buffer, (light: number) => number]>([
    ['linear', curv(), (v) => v],
    ['gamma 1.8', curv(Math.round(1.8 * 256)), (v) => v ** (1 / 1.8)],
    ['a table', curv(...Array.from({ length: 1024 }, (_, i) => 65_535 * (i / 1023) ** 2)), Math.sqrt],
    [
      'parametric, as sRGB',
      para(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045),
      (v) => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055),
    ],
    ['parametric, gamma 2.2', para(0, 2.2), (v) => v ** (1 / 2.2)],
  ])('%s', async (_, curve, code) => {
    const codes = greys.map((grey) => [code(linear(grey / 255)), 0.5]);
    const png = await raw(codes, 16).png().toBuffer();
    const profile = greyProfile(curve);
    const expected = greys.map((grey) => [grey, grey, grey, 128]);
    expectNear(quarters(await decode(withProfile(png, profile))), expected);
  });

  it('a profile that is not a curve is refused as such', async () => {
    const png = await raw([[0.1], [0.2], [0.3], [0.4]], 16)
      .png()
      .toBuffer();
    const odd = greyProfile(Buffer.from('mft2\0\0\0\0\0\0\0\0', 'latin1'));
    await expect(decode(withProfile(png, odd))).rejects.toThrow(/profile for grey/);
  });
});

/** The codes of an 8-bit PNG in 16 bits, with its profile and an orientation, none of it converted by sharp. */
async function widened(png: Uint8Array, orientation: number): Promise<Buffer> {
  const { icc } = await sharp(png).metadata();
  const { data, info } = await sharp(png, { ignoreIcc: true }).raw().toBuffer({ resolveWithObject: true });
  const wide = Uint16Array.from(data, (code) => code * 257);
  const plain = await sharp(wide, { raw: info }).toColourspace('rgb16').png().toBuffer();
  const exif = Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x00\0\0\0\0\0\0', 'latin1');
  exif[19] = orientation;
  const turned = withChunk(plain, 'eXIf', exif);
  return icc ? withProfile(turned, icc) : turned;
}

it.each(['srgb', 'p3'])('16 bits with the profile %s are as exact as 8', async (profile) => {
  const png = await raw(FOUR).withIccProfile(profile).png().toBuffer();
  expectNear(quarters(await decode(await widened(png, 1))), opaque(FOUR));
});

/** Where the quarters lie when a picture is shown, by its EXIF orientation. */
const SHOWN: readonly (readonly number[])[] = [
  [0, 1, 2, 3],
  [1, 0, 3, 2],
  [3, 2, 1, 0],
  [2, 3, 0, 1],
  [0, 2, 1, 3],
  [2, 0, 3, 1],
  [3, 1, 2, 0],
  [1, 3, 0, 2],
];

const FORMATS = {
  png: (s: Sharp) => s.png(),
  tiff: (s: Sharp) => s.tiff({ compression: 'deflate' }),
  webp: (s: Sharp) => s.webp({ lossless: true, exact: true }),
  jpeg: (s: Sharp) => s.removeAlpha().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }),
  avif: (s: Sharp) => s.avif({ quality: 100, chromaSubsampling: '4:4:4' }),
};

it('any format, profile, depth, orientation and alpha: the same colours, upright', async () => {
  // Away from the edges of sRGB, where the encoders that make these files clip.
  const byte = fc.integer({ min: 70, max: 220 });
  const file = fc.record({
    format: fc.constantFrom<(keyof typeof FORMATS)[]>('png', 'tiff', 'webp', 'jpeg', 'avif'),
    profile: fc.constantFrom('none', 'srgb', 'p3'),
    isWide: fc.boolean(),
    orientation: fc.integer({ min: 1, max: 8 }),
    colours: fc.array(fc.tuple(byte, byte, byte), { minLength: 4, maxLength: 4 }),
    alpha: fc.array(fc.constantFrom(0, 1, 90, 255), { minLength: 4, maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(file, async ({ format, profile, isWide, orientation, colours, alpha }) => {
      const pixels = colours.map((colour, i) => [...colour, alpha[i]]);
      const turned = raw(pixels).withMetadata({ orientation });
      const source = profile === 'none' ? turned : turned.withIccProfile(profile);
      const bytes = isWide
        ? await widened(await source.png().toBuffer(), orientation)
        : await FORMATS[format](source).toBuffer();
      const picture = await decode(bytes);
      const expected = SHOWN[orientation - 1].map((from) =>
        format === 'jpeg' && !isWide ? [...colours[from], 255] : pixels[from],
      );
      const actual = quarters(picture);
      expected.forEach((pixel, i) => {
        // What is not seen has no colour.
        const tolerance = !isWide && (format === 'jpeg' || format === 'avif') ? 5 : 3;
        if (pixel[3] > 0) expectNear([actual[i]], [pixel], tolerance);
        else expect(actual[i][3]).toBe(0);
      });
    }),
    { numRuns: 80, seed: 20 },
  );
});

it('AVIF turned by its own property, not by EXIF, as HEIF has it', async () => {
  const turned = await raw(FOUR)
    .withMetadata({ orientation: 6 })
    .avif({ lossless: true, chromaSubsampling: '4:4:4' })
    .toBuffer();
  expectNear(quarters(await decode(turned)), opaque([FOUR[2], FOUR[0], FOUR[3], FOUR[1]]));
  turned[turned.indexOf('irot') + 4] = 0;
  expectNear(quarters(await decode(turned)), opaque(FOUR));
});

it('colours under alpha 0 are those of what is visible', async () => {
  const png = await raw(FOUR.map((colour, i) => (i === 0 ? [...colour, 255] : [0, 255, 0, 0])))
    .png()
    .toBuffer();
  const seen = [...FOUR[0], 0];
  expectNear(quarters(await decode(png)), [[...FOUR[0], 255], seen, seen, seen], 0);
});
