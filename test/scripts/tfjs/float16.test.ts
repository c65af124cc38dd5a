import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHalves, toHalves } from '../../../scripts/tfjs/float16.ts';

test('known values have their IEEE 754 bits', () => {
  const values = Float32Array.of(0, 1, -2, 0.5, 65504, 2 ** -14, 2 ** -24, 1 / 3);
  expect([...toHalves(values)]).toEqual([0, 0x3c00, 0xc000, 0x3800, 0x7bff, 0x0400, 0x0001, 0x3555]);
});

test('every finite half survives a round trip', () => {
  const halves = Uint16Array.from({ length: 0x7c00 }, (_, i) => i);
  expect(toHalves(fromHalves(halves))).toEqual(halves);
});

test('rounding is off by at most half a step', () => {
  const magnitude = fc.double({ min: 2 ** -14, max: 65000, noNaN: true });
  fc.assert(
    fc.property(magnitude, (value) => {
      const [rounded] = fromHalves(toHalves(Float32Array.of(value)));
      expect(Math.abs(rounded - Math.fround(value))).toBeLessThanOrEqual(value * 2 ** -11);
    }),
  );
});
