import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createPicture } from '../../../../models/image/picture.ts';
import {
  checkOutputSize,
  encodePicture,
  outputFormat,
} from '../../../../renderer/core/pictures/encode-picture.ts';
import { decodePicture } from '../../../../renderer/core/pictures/read-picture.ts';

const translucent = createPicture(20, 20);
for (let i = 0; i < translucent.data.length; i += 4) translucent.data.set([200, 100, 40, 128], i);

describe('writing pictures', () => {
  it.each([
    ['a.png', 'png'],
    ['b.JPG', 'jpeg'],
    ['c.jpeg', 'jpeg'],
    ['d.e.webp', 'webp'],
  ])('%s is %s', (name, format) => expect(outputFormat(name)).toBe(format));

  it.each(['a.bmp', 'png', 'a.', 'a.png.txt'])('%s is wrong usage', (name) => {
    expect(() => outputFormat(name)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  it('PNG keeps every sample, alpha too', async () => {
    const copy = await decodePicture(await encodePicture(translucent, 'png'), 'copy');
    expect(copy.data).toEqual(translucent.data);
  });

  it('JPEG shows transparent pixels over white', async () => {
    const copy = await decodePicture(await encodePicture(translucent, 'jpeg'), 'copy');
    expect([...copy.data.subarray(0, 4)].map((value) => Math.round(value / 10))).toEqual([23, 18, 15, 26]);
  });

  it.each(['png', 'jpeg', 'webp'] as const)(
    '%s says that it is sRGB and carries no other metadata',
    async (format) => {
      const { exif, xmp, iptc, icc, comments } = await sharp(
        await encodePicture(translucent, format),
      ).metadata();
      expect([exif, xmp, iptc, comments]).toEqual([undefined, undefined, undefined, undefined]);
      expect(icc!.toString('latin1')).toContain('mntrRGB XYZ');
      expect(Buffer.from(icc!).swap16().toString('utf16le')).toContain('sRGB');
    },
  );

  it.each([
    ['png', 0],
    ['png', 1],
    ['webp', 0],
    ['webp', 1],
  ] as const)('%s: nothing of the room is left under alpha 0 (row %i)', async (format, row) => {
    const room = createPicture(64, 64);
    for (let i = 0; i < room.data.length; i += 4) {
      const isPerson = Math.floor(i / 256) % 2 === row || i % 256 < 64;
      room.data.set(isPerson ? [200, 150, 120, 255] : [i % 251, i % 241, 255, 0], i);
    }
    const { data } = await sharp(await encodePicture(room, format))
      .raw()
      .toBuffer({ resolveWithObject: true });
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 0) expect(data[i + 2], `blue at ${i / 4}`).toBeLessThan(180);
    }
  });

  it('refuses sizes that a format cannot hold', () => {
    const wide = { width: 16_384, height: 20, data: new Uint8ClampedArray() };
    expect(() => checkOutputSize(wide, 'webp')).toThrow(/16383/);
    expect(() => checkOutputSize(wide, 'jpeg')).not.toThrow();
  });

  it('refuses pictures too large for memory', () => {
    expect(() => checkOutputSize({ width: 16_385, height: 16_385 }, 'png')).toThrow(/at most 268 megapixels/);
    expect(() => checkOutputSize({ width: 16_384, height: 16_384 }, 'png')).not.toThrow();
  });
});
