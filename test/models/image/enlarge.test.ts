import fc from 'fast-check';
import { expect, test } from 'vitest';
import { enlargeRows } from '../../../models/image/enlarge.ts';
import { createPlane } from '../../../models/image/picture.ts';
import { resizePlane } from '../../../models/image/resize.ts';
import { noise, planeOf, worst } from './planes.ts';

const side = (min: number, max: number) => fc.integer({ min, max });

test('bands put together are the whole, whatever their height', () => {
  fc.assert(
    fc.property(
      side(1, 9),
      side(1, 9),
      side(9, 30),
      side(9, 30),
      side(1, 12),
      (w, h, width, height, band) => {
        const plane = noise(w, h, w * 31 + h);
        const whole = enlargeRows(plane, width, height, 0, height);
        const joined = createPlane(width, height);
        for (let top = 0; top < height; top += band) {
          const rows = Math.min(band, height - top);
          joined.data.set(enlargeRows(plane, width, height, top, rows).data, top * width);
        }
        expect(joined).toEqual(whole);
      },
    ),
    { numRuns: 60 },
  );
});

test('at the same size is the plane', () => {
  const plane = noise(13, 11, 3);
  expect(enlargeRows(plane, 13, 11, 0, 11)).toEqual(plane);
  expect([...enlargeRows(plane, 13, 11, 4, 2).data]).toEqual([...plane.data.slice(4 * 13, 6 * 13)]);
});

test('a ramp stays the same ramp, pixel centres at half-integers', () => {
  const ramp = (scale: number) => (x: number, y: number) => 3 * (x + 0.5) * scale + 5 * (y + 0.5) * scale;
  const small = planeOf(12, 10, ramp(1));
  const large = enlargeRows(small, 30, 25, 0, 25);
  const expected = planeOf(30, 25, ramp(0.4));
  for (let y = 5; y < 20; y++) {
    const [from, to] = [y * 30 + 5, y * 30 + 25];
    expect(worst(large.data.slice(from, to), expected.data.slice(from, to))).toBeLessThan(1e-4);
  }
});

test('agrees with bicubic resizing away from the borders', () => {
  const plane = noise(14, 12, 8);
  const [mine, other] = [enlargeRows(plane, 49, 42, 0, 42), resizePlane(plane, 49, 42)];
  for (let y = 8; y < 34; y++) {
    const [from, to] = [y * 49 + 8, y * 49 + 41];
    expect(worst(mine.data.slice(from, to), other.data.slice(from, to))).toBeLessThan(1e-3);
  }
});
