import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labPlanes, pictureFromLab } from '../../../models/image/colour.ts';
import { createPlane } from '../../../models/image/picture.ts';
import { pictureOf } from './planes.ts';

const labOf = (rgb: readonly number[]) => {
  const { l, a, b } = labPlanes(pictureOf(1, 1, () => rgb));
  return [l.data[0], a.data[0], b.data[0]];
};

// CIE Color Calculator, brucelindbloom.com, sRGB, D65.
test.each([
  ['black', [0, 0, 0], [0, 0, 0]],
  ['white', [255, 255, 255], [100, 0, 0]],
  ['grey', [119, 119, 119], [50.03, 0, 0]],
  ['red', [255, 0, 0], [53.24, 80.09, 67.2]],
  ['green', [0, 255, 0], [87.73, -86.18, 83.18]],
  ['blue', [0, 0, 255], [32.3, 79.19, -107.86]],
  ['cyan', [0, 255, 255], [91.11, -48.09, -14.13]],
  ['magenta', [255, 0, 255], [60.32, 98.23, -60.82]],
  ['yellow', [255, 255, 0], [97.14, -21.55, 94.48]],
])('%s has its published L*a*b* values', (_, rgb, expected) => {
  labOf(rgb).forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(0.02);
  });
});

/** Straight from the standards, in double precision and without tables. */
function exactLab([r, g, b]: readonly number[]): number[] {
  const linear = [r, g, b].map((code) =>
    code / 255 <= 0.04045 ? code / 255 / 12.92 : ((code / 255 + 0.055) / 1.055) ** 2.4,
  );
  const [x, y, z] = [
    [0.4124564, 0.3575761, 0.1804375, 0.95047],
    [0.2126729, 0.7151522, 0.072175, 1],
    [0.0193339, 0.119192, 0.9503041, 1.08883],
  ].map(([kr, kg, kb, white]) => (kr * linear[0] + kg * linear[1] + kb * linear[2]) / white);
  const f = (t: number) => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29);
  return [116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))];
}

const code = fc.integer({ min: 0, max: 255 });

test('any colour is within 0.03 of the formulas', () => {
  fc.assert(
    fc.property(fc.tuple(code, code, code), (rgb) => {
      const expected = exactLab(rgb);
      labOf(rgb).forEach((value, i) => {
        expect(Math.abs(value - expected[i])).toBeLessThan(0.03);
      });
    }),
    { numRuns: 2000 },
  );
});

test('to L*a*b* and back gives the same 8-bit colours', () => {
  fc.assert(
    fc.property(fc.tuple(code, code, code), (rgb) => {
      const { data } = pictureFromLab(labPlanes(pictureOf(1, 1, () => rgb)));
      expect([...data]).toEqual([...rgb, 255]);
    }),
    { numRuns: 2000 },
  );
  const greys = pictureOf(256, 1, (x) => [x, x, x]);
  expect(pictureFromLab(labPlanes(greys))).toEqual(greys);
});

test('a colour that sRGB lacks is clipped, not wrapped', () => {
  const colour = (l: number, a: number, b: number) => [
    ...pictureFromLab({ l: createPlane(1, 1, l), a: createPlane(1, 1, a), b: createPlane(1, 1, b) }).data,
  ];
  expect(colour(140, 0, 0)).toEqual([255, 255, 255, 255]);
  expect(colour(-20, 0, 0)).toEqual([0, 0, 0, 255]);
  const [red, green] = colour(50, 150, 60);
  expect([red, green]).toEqual([255, 0]);
});
