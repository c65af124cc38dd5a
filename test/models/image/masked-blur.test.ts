import { expect, test } from 'vitest';
import { gaussianBlur } from '../../../models/image/blur.ts';
import { createPlane } from '../../../models/image/picture.ts';
import { blurApart, maskedBlur, splitBands } from '../../../models/synthesis/bands.ts';
import { noise, planeOf, worst } from '../image/planes.ts';

test('the bands of a plane sum to the plane', () => {
  const plane = noise(40, 30, 1);
  const { coarse, middle, fine } = splitBands(plane, gaussianBlur(plane, 5), gaussianBlur(plane, 1.5));
  const sum = coarse.data.map((value, i) => value + middle.data[i] + fine.data[i]);
  expect(worst(sum, plane.data)).toBeLessThan(1e-4);
});

const half = planeOf(80, 40, (x) => (x < 40 ? 1 : 0));

test.each([1, 4, 9])('inside and outside do not mix: sigma %d', (sigma) => {
  const twoColours = planeOf(80, 40, (x) => (x < 40 ? 10 : 90));
  expect(worst(blurApart(half, sigma)(twoColours).data, twoColours.data)).toBeLessThan(1.5);
});

test('each side is blurred by what it has', () => {
  const striped = planeOf(80, 40, (x, y) => (x < 40 ? 20 : 70) + (y % 2 === 0 ? 10 : -10));
  const { data } = blurApart(half, 3)(striped);
  for (let y = 6; y < 34; y++) {
    for (const [x, mean] of [
      [20, 20],
      [38, 20],
      [41, 70],
      [60, 70],
    ]) {
      expect(Math.abs(data[y * 80 + x] - mean)).toBeLessThan(1.5);
    }
  }
});

test.each([2, 6, 14])('with nothing masked it is nearly the Gaussian blur: sigma %d', (sigma) => {
  const plane = planeOf(150, 120, (x, y) => (x + y < 130 ? 0 : 100));
  const blurred = maskedBlur(createPlane(150, 120, 1), sigma)(plane).data;
  const exact = gaussianBlur(plane, sigma).data;
  for (let y = 3 * sigma; y < 120 - 3 * sigma; y++) {
    const [from, to] = [y * 150 + 3 * sigma, (y + 1) * 150 - 3 * sigma];
    expect(worst(blurred.slice(from, to), exact.slice(from, to))).toBeLessThan(4);
  }
  expect(worst(blurred, exact)).toBeLessThan(12);
});

test('what the mask hides has no influence', () => {
  const seen = noise(80, 40, 3);
  const other = planeOf(80, 40, (x, y) => (x < 40 ? seen.data[y * 80 + x] : 5000));
  const [a, b] = [maskedBlur(half, 5)(seen), maskedBlur(half, 5)(other)];
  expect(worst(a.data, b.data)).toBe(0);
});
