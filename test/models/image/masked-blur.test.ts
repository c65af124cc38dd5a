import { expect, test } from 'vitest';
import { gaussianBlur } from '../../../models/image/blur.ts';
import { maskedBlur } from '../../../models/image/masked-blur.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { noise, planeOf, worst } from '../image/planes.ts';

const half = planeOf(80, 40, (x) => (x < 40 ? 1 : 0));
/** The columns from..to of a plane. */
const columns = ({ width, data }: Plane, from: number, to: number) =>
  data.filter((_, i) => i % width >= from && i % width < to);

test.each([1, 4, 9])('what the mask hides does not come in: sigma %d', (sigma) => {
  const twoColours = planeOf(80, 40, (x) => (x < 40 ? 10 : 90));
  const blurred = maskedBlur(half, sigma)(twoColours);
  for (const value of columns(blurred, 0, 40)) expect(Math.abs(value - 10)).toBeLessThan(0.2);
});

test('what the mask hides has no influence, whatever it is', () => {
  const seen = noise(80, 40, 3);
  const other = planeOf(80, 40, (x, y) => (x < 40 ? seen.data[y * 80 + x] : 5000));
  const [a, b] = [maskedBlur(half, 5)(seen), maskedBlur(half, 5)(other)];
  expect(worst(a.data, b.data)).toBe(0);
});

test('what is seen is blurred by itself: stripes average out, and a slope stays', () => {
  const striped = planeOf(80, 40, (x, y) => (x < 40 ? 20 : 70) + (y % 2 === 0 ? 10 : -10));
  const inner = maskedBlur(half, 3)(striped);
  for (let y = 6; y < 34; y++) {
    for (const x of [0, 20, 38, 39]) expect(Math.abs(inner.data[y * 80 + x] - 20)).toBeLessThan(0.5);
  }
  const slope = maskedBlur(half, 3)(planeOf(80, 40, (_, y) => 2 * y));
  for (const x of [10, 30, 39]) expect(Math.abs(slope.data[20 * 80 + x] - 40)).toBeLessThan(0.5);
});

test('weights between 0 and 1 count by as much', () => {
  const mask = planeOf(80, 40, (_, y) => (y % 2 === 0 ? 0.9 : 0.3));
  const lines = planeOf(80, 40, (_, y) => (y % 2 === 0 ? 40 : 0));
  for (const value of maskedBlur(mask, 6)(lines).data) expect(Math.abs(value - 30)).toBeLessThan(1.2);
});

test('far from all that is seen it fades to 0', () => {
  const spot = planeOf(120, 40, (x) => (x < 10 ? 1 : 0));
  const { data } = maskedBlur(spot, 3)(createPlane(120, 40, 50));
  expect(data[20 * 120 + 100]).toBeCloseTo(0, 6);
  expect(data[20 * 120 + 5]).toBeCloseTo(50, 3);
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
