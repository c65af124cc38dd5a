import { expect, test } from 'vitest';
import { floatFromHalf, halfFromFloat } from '../../../models/graph/half.ts';

test('every finite half survives the way to a float and back', () => {
  for (let half = 0; half < 0x10000; half++) {
    if ((half & 0x7c00) === 0x7c00) continue;
    expect(halfFromFloat(floatFromHalf(half))).toBe(half);
  }
});

test.each([
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [-2, 0xc000],
  [65504, 0x7bff],
  [2 ** -24, 0x0001],
  [2 ** -14, 0x0400],
  [0.1, 0x2e66],
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
  [2 ** -25, 0x0000],
  [1e-10, 0x0000],
  [65519, 0x7bff],
  [65520, 0x7c00],
  [Number.NEGATIVE_INFINITY, 0xfc00],
  [Number.NaN, 0x7e00],
])('%d becomes the bits of IEEE 754 binary16', (value, bits) => {
  expect(halfFromFloat(value)).toBe(bits);
});
