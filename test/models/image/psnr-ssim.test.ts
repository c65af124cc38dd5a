import { expect, test } from 'vitest';
import { luma, shave } from '../../../models/image/luma.ts';
import type { Picture, Plane } from '../../../models/image/picture.ts';
import { psnr, psnrY } from '../../../models/image/psnr.ts';
import { ssim, ssimY } from '../../../models/image/ssim.ts';

const plane = (size: number, f: (x: number, y: number) => number): Plane => ({
  width: size,
  height: size,
  data: Float32Array.from({ length: size * size }, (_, i) => f(i % size, Math.floor(i / size))),
});
const grey = ({ width, height, data }: Plane): Picture => ({
  width,
  height,
  data: new Uint8ClampedArray(4 * data.length).map((_, i) => (i % 4 === 3 ? 255 : data[i >> 2])),
});
const texture = plane(32, (x, y) => 100 + ((x * 7 + y * 13) % 29));

test('luma has the range of BT.601', () => {
  const corner = (r: number, g: number, b: number) =>
    luma({ width: 1, height: 1, data: Uint8ClampedArray.of(r, g, b, 255) }).data[0];
  expect(corner(0, 0, 0)).toBeCloseTo(16, 4);
  expect(corner(255, 255, 255)).toBeCloseTo(235, 4);
  expect(corner(255, 0, 0)).toBeCloseTo(81.481, 3);
  expect(corner(0, 0, 255)).toBeCloseTo(40.966, 3);
});

test('an error of one step everywhere is 48.13 dB', () => {
  expect(psnr(texture, { ...texture, data: texture.data.map((v) => v + 1) })).toBeCloseTo(48.1308, 3);
});

test('equal pictures: infinite PSNR, SSIM of 1', () => {
  expect(psnrY(grey(texture), grey(texture))).toBe(Number.POSITIVE_INFINITY);
  expect(ssimY(grey(texture), grey(texture))).toBeCloseTo(1, 9);
});

test('the shaved border does not count', () => {
  const damaged = plane(32, (x, y) => (x < 4 || y > 27 ? 0 : texture.data[y * 32 + x]));
  expect(psnrY(grey(texture), grey(damaged))).toBe(Number.POSITIVE_INFINITY);
  expect(() => shave(texture, 16)).toThrow(RangeError);
});

test('SSIM of constants follows the formula for luminance', () => {
  const [a, b] = [plane(16, () => 100), plane(16, () => 150)];
  const c1 = 2.55 ** 2;
  expect(ssim(a, b)).toBeCloseTo((2 * 100 * 150 + c1) / (100 ** 2 + 150 ** 2 + c1), 4);
});

test('SSIM of a picture and its negative is negative', () => {
  expect(
    ssim(
      texture,
      plane(32, (x, y) => 228 - texture.data[y * 32 + x]),
    ),
  ).toBeLessThan(-0.3);
});

test('sizes must match', () => {
  expect(() =>
    psnr(
      texture,
      plane(31, () => 0),
    ),
  ).toThrow(RangeError);
});
