import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bleedColours, clearHidden } from '../../../models/image/bleed.ts';
import type { Picture } from '../../../models/image/picture.ts';

const GREEN = [0, 255, 0, 0];

/** Left half visible in one colour, right half pure green under alpha 0. */
function cutOut(width: number, height: number, colour: readonly number[]): Picture {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) data.set(i % width < width / 2 ? colour : GREEN, i * 4);
  return { width, height, data };
}

const anyPicture = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.constantFrom(0, 0, 1, 128, 255)), {
        minLength: width * height,
        maxLength: width * height,
      })
      .map((pixels) => ({ width, height, data: Uint8ClampedArray.from(pixels.flat()) })),
  );

const pixels = ({ data }: Picture) =>
  Array.from({ length: data.length / 4 }, (_, i) => [...data.subarray(4 * i, 4 * i + 4)]);

describe('hidden colours', () => {
  it.each([
    [1, 1],
    [7, 5],
    [64, 48],
    [33, 100],
  ])('%i×%i: what is visible reaches everywhere, alpha stays', (width, height) => {
    const bled = pixels(bleedColours(cutOut(width, height, [200, 150, 120, 255])));
    expect(new Set(bled.map((pixel) => pixel.slice(0, 3).join()))).toEqual(new Set(['200,150,120']));
    expect(bled.filter(([, , , alpha]) => alpha === 0)).toHaveLength(Math.floor(width / 2) * height);
  });

  it('of two colours the nearer one', () => {
    const data = new Uint8ClampedArray(64 * 4);
    data.set([255, 0, 0, 255], 0);
    data.set([0, 0, 255, 255], 63 * 4);
    const bled = pixels(bleedColours({ width: 64, height: 1, data }));
    expect(bled[3]).toEqual([255, 0, 0, 0]);
    expect(bled[60]).toEqual([0, 0, 255, 0]);
  });

  it('change nothing that is seen, whatever they are', () => {
    fc.assert(
      fc.property(anyPicture, fc.nat(255), (picture, other) => {
        const recoloured = pixels(picture).flatMap((pixel) =>
          pixel[3] === 0 ? [other, 255 - other, other, 0] : pixel,
        );
        const twin = { ...picture, data: Uint8ClampedArray.from(recoloured) };
        for (const treat of [bleedColours, clearHidden]) {
          expect(treat(twin).data).toEqual(treat(picture).data);
          const after = pixels(treat(picture));
          pixels(picture).forEach((pixel, i) => {
            if (pixel[3] === 0) expect(after[i][3]).toBe(0);
            else expect(after[i]).toEqual(pixel);
          });
        }
      }),
    );
  });

  it('an opaque picture is given back as it is; nothing visible is black', () => {
    const opaque = { width: 1, height: 1, data: Uint8ClampedArray.of(1, 2, 3, 255) };
    expect(bleedColours(opaque)).toBe(opaque);
    expect(clearHidden(opaque)).toBe(opaque);
    const hidden = { width: 2, height: 1, data: Uint8ClampedArray.of(1, 2, 3, 0, 4, 5, 6, 0) };
    expect([...bleedColours(hidden).data]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });
});
