import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../models/image/picture.ts';
import { seededNormal } from '../../../models/image/random.ts';
import { logPowerSpectrum, spectrumDistance } from '../../../models/image/spectrum.ts';

const grey = (f: (x: number, y: number) => number): Picture => ({
  width: 160,
  height: 128,
  data: new Uint8ClampedArray(160 * 128 * 4).map((_, i) =>
    i % 4 === 3 ? 255 : f((i >> 2) % 160, Math.floor((i >> 2) / 160)),
  ),
});
const grain = (seed: number, strength: number) => {
  const normal = seededNormal(seed);
  const values = Float32Array.from({ length: 160 * 128 }, () => 128 + strength * normal());
  return grey((x, y) => values[y * 160 + x]);
};

describe('power spectrum', () => {
  it.each([
    [8, 3],
    [20, 50],
    [32, 0],
  ])('of a wave of %i cycles across and %i down in 64 px peaks there', (u, v) => {
    const spectrum = logPowerSpectrum(
      grey((x, y) => 128 + 60 * Math.cos((2 * Math.PI * (u * x + v * y)) / 64)),
    );
    const lightness = spectrum.subarray(0, 64 * 33);
    const peak = lightness.indexOf(Math.max(...lightness));
    expect([peak % 33, Math.floor(peak / 33)]).toEqual([u, v]);
  });

  it('a picture smaller than a block is refused', () => {
    const small = { width: 63, height: 100, data: new Uint8ClampedArray(63 * 100 * 4) };
    expect(() => logPowerSpectrum(small)).toThrow(RangeError);
  });
});

describe('spectrum distance', () => {
  const distance = (a: Picture, b: Picture) => spectrumDistance(logPowerSpectrum(a), logPowerSpectrum(b));

  it('other grain of the same kind is near; none, and a grid of the same contrast, are far', () => {
    const truth = grain(1, 10);
    const near = distance(grain(2, 10), truth);
    const grid = grey((x, y) => 128 + (x % 4 < 2 && y % 4 < 2 ? 17 : -6));
    expect(
      distance(
        grey(() => 128),
        truth,
      ),
    ).toBeGreaterThan(5 * near);
    expect(distance(grid, truth)).toBeGreaterThan(3 * near);
  });
});
