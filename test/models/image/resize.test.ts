import { describe, expect, test } from 'vitest';
import { cropPicture, cropPlane } from '../../../models/image/crop.ts';
import type { Picture, Plane } from '../../../models/image/picture.ts';
import { resamplePicture, resamplePlane, resizePicture, resizePlane } from '../../../models/image/resize.ts';
import { noise, noisePicture, pictureOf, planeOf, worst } from './planes.ts';

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

describe('a rectangle', () => {
  const plane = noise(40, 30, 1);
  const whole = { x: 0, y: 0, width: 40, height: 30 };

  test.each([
    [40, 30],
    [17, 11],
    [90, 33],
  ])('that is the whole plane gives the plane resized: %i × %i', (width, height) => {
    expect(resamplePlane(plane, whole, width, height)).toEqual(resizePlane(plane, width, height));
    const picture = noisePicture(40, 30, 2);
    expect(resamplePicture(picture, whole, width, height)).toEqual(resizePicture(picture, width, height));
  });

  test('of whole pixels at their own scale copies them', () => {
    const rect = { x: 7, y: 4, width: 20, height: 15 };
    expect(resamplePlane(plane, rect, 20, 15)).toEqual(cropPlane(plane, rect));
    const picture = noisePicture(40, 30, 3);
    expect(resamplePicture(picture, rect, 20, 15)).toEqual(cropPicture(picture, rect));
  });

  test('is the part of the resized plane that it covers', () => {
    // Both at half size; the rectangle begins 8 and 6 px in, which is 4 and 3 px of the small plane.
    const part = resamplePlane(plane, { x: 8, y: 6, width: 24, height: 18 }, 12, 9);
    const expected = cropPlane(resizePlane(plane, 20, 15), { x: 4, y: 3, width: 12, height: 9 });
    expect(worst(part.data, expected.data)).toBeLessThan(1e-4);
  });

  test('past the border shows the plane mirrored', () => {
    const { data } = resamplePlane(plane, { x: -3, y: 0, width: 6, height: 30 }, 6, 30);
    const row = data.slice(12 * 6, 13 * 6);
    expect(row).toEqual(Float32Array.from([2, 1, 0, 0, 1, 2], (x) => plane.data[12 * 40 + x]));
  });

  /** Waves of 16 px a period across and 20 px down; cubic interpolation carries them to a fraction of a percent. */
  const waves = (left: number, top: number, scale: number) => (x: number, y: number) => {
    const [u, v] = [left + (x + 0.5) * scale, top + (y + 0.5) * scale];
    return 50 + 30 * Math.sin((2 * Math.PI * u) / 16) + 15 * Math.cos((2 * Math.PI * v) / 20);
  };

  test.each([
    [10.25, 8.5, 1],
    [10.5, 8.125, 1],
    [9.75, 8.3, 0.5],
    [10.1, 8.7, 0.8],
  ])('that begins at %d, %d shows a wave from there on, %d px a pixel', (x, y, scale) => {
    const wide = planeOf(64, 60, waves(0, 0, 1));
    const part = resamplePlane(wide, { x, y, width: 30 * scale, height: 24 * scale }, 30, 24);
    expect(worst(part.data, planeOf(30, 24, waves(x, y, scale)).data)).toBeLessThan(0.35);
    // An error of an eighth of a pixel would show.
    expect(worst(part.data, planeOf(30, 24, waves(x + 0.125, y, scale)).data)).toBeGreaterThan(1);
    expect(worst(part.data, planeOf(30, 24, waves(x, y - 0.125, scale)).data)).toBeGreaterThan(0.5);
  });

  test('that is shrunk is smoothed: a fine pattern becomes its mean', () => {
    const fine = planeOf(64, 64, (x, y) => ((x + y) % 2 === 0 ? 100 : 0));
    const { data } = resamplePlane(fine, { x: 3.3, y: 5.7, width: 40, height: 40 }, 10, 10);
    for (const value of data) expect(Math.abs(value - 50)).toBeLessThan(2);
  });

  test('hides the colours of transparent pixels', () => {
    const picture = pictureOf(16, 8, (x) => (x < 8 ? [200, 100, 50, 255] : [0, 255, 0, 0]));
    const { data } = resamplePicture(picture, { x: 4.5, y: 1, width: 8, height: 6 }, 16, 12);
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] < 20) continue;
      expect(worst(data.slice(i, i + 3), [200, 100, 50]), `pixel ${i / 4}`).toBeLessThan(7);
    }
  });
});
