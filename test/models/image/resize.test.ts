import { expect, test } from 'vitest';
import type { Picture, Plane } from '../../../models/image/picture.ts';
import { resizePicture, resizePlane } from '../../../models/image/resize.ts';

const row = (...values: number[]): Plane => ({
  width: values.length,
  height: 1,
  data: Float32Array.from(values),
});
const ramp = (width: number, height: number): Plane => ({
  width,
  height,
  data: Float32Array.from({ length: width * height }, (_, i) => 3 * (i % width) - 2 * Math.floor(i / width)),
});

/** From an independent float64 implementation of imresize's published `contributions`; see also the benchmark test. */
test.each([
  {
    source: [1, 2, 3, 4],
    width: 8,
    expected: [0.90625, 1.17969, 1.72656, 2.25, 2.75, 3.27344, 3.82031, 4.09375],
  },
  {
    source: [0, 0, 1, 0, 0, 0],
    width: 12,
    expected: [0, -0.0234, -0.0703, 0.2266, 0.8672, 0.8672, 0.2266, -0.0703, -0.0234, 0, 0, 0],
  },
  { source: [3, 1, 4, 1, 5, 9, 2, 6], width: 3, expected: [2.22378, 4.08835, 5.31386] },
  { source: [0, 0, 0, 0, 1, 0, 0, 0], width: 4, expected: [-0.0117, 0.1133, 0.4336, -0.0352] },
])('rows agree with imresize: $width from $source.length', ({ source, width, expected }) => {
  const { data } = resizePlane(row(...source), width, 1);
  for (const [i, value] of expected.entries()) expect(data[i]).toBeCloseTo(value, 3);
});

test('a constant stays constant at any scale', () => {
  const flat: Plane = { width: 13, height: 7, data: new Float32Array(91).fill(0.7) };
  for (const [width, height] of [
    [4, 3],
    [29, 50],
    [13, 2],
  ]) {
    for (const value of resizePlane(flat, width, height).data) expect(value).toBeCloseTo(0.7, 5);
  }
});

test('a slope stays a slope away from the border, whichever axis goes first', () => {
  const { data } = resizePlane(ramp(40, 24), 20, 24);
  for (let y = 4; y < 20; y++)
    for (let x = 4; x < 16; x++) expect(data[y * 20 + x]).toBeCloseTo(3 * (2 * x + 0.5) - 2 * y, 3);
});

test('the mean survives shrinking to a single pixel', () => {
  const plane = ramp(16, 16);
  const mean = plane.data.reduce((sum, v) => sum + v, 0) / 256;
  expect(resizePlane(plane, 1, 1).data[0]).toBeCloseTo(mean, 3);
});

test('the same size is a copy', () => {
  const plane = ramp(3, 2);
  const copy = resizePlane(plane, 3, 2);
  expect(copy).toEqual(plane);
  expect(copy.data).not.toBe(plane.data);
});

test('the colour of transparent pixels does not bleed', () => {
  const data = new Uint8ClampedArray(8 * 4 * 4).map(
    (_, i) => (i % 32 < 16 ? [200, 100, 50, 255] : [0, 255, 0, 0])[i % 4],
  );
  const picture: Picture = { width: 8, height: 4, data };
  const small = resizePicture(picture, 4, 2);
  for (let i = 0; i < 8; i++) {
    const [r, g, b, a] = small.data.subarray(4 * i, 4 * i + 4);
    if (a > 20) expect([r, g, b].every((value, c) => Math.abs(value - [200, 100, 50][c]) <= 6)).toBe(true);
  }
  expect(small.data[3]).toBeGreaterThan(240);
  expect(small.data[15]).toBeLessThan(15);
});

test('an empty or fractional size is refused', () => {
  expect(() => resizePlane(ramp(4, 4), 0, 3)).toThrow(RangeError);
  expect(() => resizePlane(ramp(4, 4), 2.5, 3)).toThrow(RangeError);
});
