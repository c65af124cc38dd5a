import { expect, test } from 'vitest';
import { decimate, undecimate } from '../../../models/image/decimate.ts';
import { createPlane } from '../../../models/image/picture.ts';
import { noise, planeOf, worst } from './planes.ts';

test.each([
  [12, 8, 2],
  [13, 9, 2],
  [13, 9, 4],
  [3, 2, 8],
])(
  '%d × %d by %d: every value is the mean of its block, smaller blocks at the borders',
  (width, height, factor) => {
    const plane = noise(width, height, 1);
    const expected = planeOf(Math.ceil(width / factor), Math.ceil(height / factor), (x, y) => {
      let [sum, count] = [0, 0];
      for (let v = y * factor; v < Math.min(height, (y + 1) * factor); v++) {
        for (let u = x * factor; u < Math.min(width, (x + 1) * factor); u++, count++)
          sum += plane.data[v * width + u];
      }
      return sum / count;
    });
    const small = decimate(plane, factor);
    expect([small.width, small.height]).toEqual([expected.width, expected.height]);
    expect(worst(small.data, expected.data)).toBeLessThan(1e-4);
  },
);

test.each([1, 2, 4])('brought back by %d, a ramp is the same ramp away from the borders', (factor) => {
  const ramp = planeOf(41, 30, (x, y) => 2 * x + 3 * y);
  const back = undecimate(decimate(ramp, factor), factor, 41, 30);
  expect([back.width, back.height]).toEqual([41, 30]);
  for (let y = factor; y < 30 - 2 * factor; y++) {
    const [from, to] = [y * 41 + factor, (y + 1) * 41 - 2 * factor];
    expect(worst(back.data.slice(from, to), ramp.data.slice(from, to))).toBeLessThan(1e-3);
  }
});

test('a constant comes back', () => {
  const plane = createPlane(17, 11, 6);
  expect(worst(undecimate(decimate(plane, 4), 4, 17, 11).data, plane.data)).toBeLessThan(1e-5);
});
