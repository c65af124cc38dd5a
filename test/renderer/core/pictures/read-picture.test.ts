import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../../models/image/picture.ts';
import { decodePicture } from '../../../../renderer/core/pictures/read-picture.ts';
import { noise, plain } from './samples.ts';

const decode = (bytes: Uint8Array) => decodePicture(bytes, 'picture');

const pixel = ({ width, data }: Picture, x: number, y: number) => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];

function expectNear(actual: readonly number[], expected: readonly number[], tolerance: number) {
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i]), `${actual} is near ${expected}`).toBeLessThanOrEqual(tolerance);
  });
}

/** 32×16, the left half red, the right half blue. */
const halves = () =>
  plain(32, 16, '#ff0000').composite([
    { input: { create: { width: 16, height: 16, channels: 3, background: '#0000ff' } }, left: 16, top: 0 },
  ]);

describe('reading pictures', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const)('reads %s', async (format) => {
    const picture = await decode(await plain(48, 32, '#3366cc').toFormat(format).toBuffer());
    expect([picture.width, picture.height, picture.data.length]).toEqual([48, 32, 48 * 32 * 4]);
    expectNear(pixel(picture, 20, 20), [0x33, 0x66, 0xcc, 255], 6);
  });

  it.each([
    [1, 32, 16, [0, 0]],
    [3, 32, 16, [31, 15]],
    [6, 16, 32, [15, 0]],
    [8, 16, 32, [0, 31]],
  ])('turns EXIF orientation %i upright', async (orientation, width, height, redCorner) => {
    const bytes = await sharp(await halves().png().toBuffer())
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .withMetadata({ orientation })
      .toBuffer();
    const picture = await decode(bytes);
    expect([picture.width, picture.height]).toEqual([width, height]);
    expectNear(pixel(picture, redCorner[0], redCorner[1]), [255, 0, 0, 255], 8);
  });

  it('reads grey as three equal channels', async () => {
    const picture = await decode(
      await plain(20, 20, '#777777').greyscale().toColourspace('b-w').png().toBuffer(),
    );
    expectNear(pixel(picture, 3, 3), [0x77, 0x77, 0x77, 255], 1);
  });

  it('keeps alpha', async () => {
    const picture = await decode(await plain(20, 20, { r: 200, g: 100, b: 50, alpha: 0.5 }).png().toBuffer());
    expectNear(pixel(picture, 3, 3), [200, 100, 50, 128], 1);
  });

  it('scales 16 bit to 8', async () => {
    const bytes = await plain(20, 20, '#c08040').toColourspace('rgb16').png().toBuffer();
    expect((await sharp(bytes).metadata()).depth).toBe('ushort');
    expectNear(pixel(await decode(bytes), 3, 3), [0xc0, 0x80, 0x40, 255], 1);
  });

  it('scales 16-bit grey to 8', async () => {
    const bytes = await plain(20, 20, '#808080').toColourspace('grey16').png().toBuffer();
    expect((await sharp(bytes).metadata()).depth).toBe('ushort');
    expectNear(pixel(await decode(bytes), 3, 3), [0x80, 0x80, 0x80, 255], 1);
  });

  it('converts CMYK with its profile', async () => {
    const bytes = await plain(20, 20, '#c04040')
      .removeAlpha()
      .withIccProfile('cmyk')
      .toColourspace('cmyk')
      .jpeg({ quality: 100 })
      .toBuffer();
    expect(await sharp(bytes).metadata()).toMatchObject({ space: 'cmyk', hasProfile: true });
    expectNear(pixel(await decode(bytes), 3, 3), [0xc0, 0x40, 0x40, 255], 24);
  });

  it('converts an embedded profile to sRGB', async () => {
    const bytes = await plain(20, 20, '#40c040').withIccProfile('p3').png().toBuffer();
    const stored = await sharp(bytes, { ignoreIcc: true }).removeAlpha().raw().toBuffer();
    const picture = await decode(bytes);
    expectNear(pixel(picture, 3, 3), [0x40, 0xc0, 0x40, 255], 3);
    expect(Math.abs(stored[0] - 0x40)).toBeGreaterThan(8);
  });

  it('reads the first page of a TIFF, and single frames of animatable formats', async () => {
    expect((await decode(await noise(20, 20).gif().toBuffer())).width).toBe(20);
    expect((await decode(await noise(20, 20).webp().toBuffer())).width).toBe(20);
  });
});
