import { describe, expect, it } from 'vitest';
import { explainedShare } from '../../../models/image/explained-share.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { noise, planeOf } from './planes.ts';

const SIZE = 160;
const WINDOW = 16;
const all = createPlane(SIZE, SIZE, 1);
const [one, other] = [1, 2].map((seed) => noise(SIZE, SIZE, seed));
const mix = (a: Plane, b: Plane, share: number): Plane => ({
  ...a,
  data: a.data.map((value, i) => share * value + (1 - share) * b.data[i]),
});
const share = (plane: Plane, of: Plane, weights = all) => explainedShare(plane, of, weights, WINDOW);

describe('explained share', () => {
  it('is 1 of a copy, whatever its contrast, sign and level', () => {
    expect(share(one, one)).toBeCloseTo(1, 5);
    expect(share({ ...one, data: one.data.map((value) => 40 - 0.3 * value) }, one)).toBeCloseTo(1, 5);
  });

  it('is 1 of a copy whose contrast changes from window to window', () => {
    const uneven = planeOf(SIZE, SIZE, (x, y) => one.data[y * SIZE + x] * (1 + Math.floor(x / WINDOW)));
    expect(share(uneven, one)).toBeCloseTo(1, 5);
  });

  it('is 0 of what is unrelated, though chance would explain some of it', () => {
    const small = 4; // 16 pixels, of which chance explains a fifteenth
    expect(explainedShare(one, other, all, small)).toBeLessThan(0.01);
    expect(share(one, other)).toBeLessThan(0.01);
  });

  it('of a blend is the share of variance', () => {
    expect(share(mix(one, other, 0.5), one)).toBeCloseTo(0.5, 1);
    expect(share(mix(one, other, 0.25), one)).toBeCloseTo(0.1, 1);
  });

  it('sees windows by their energy, and only where weights are', () => {
    const left = planeOf(SIZE, SIZE, (x, y) => (x < SIZE / 2 ? one : other).data[y * SIZE + x]);
    expect(share(left, one)).toBeCloseTo(0.5, 1);
    const faint = planeOf(SIZE, SIZE, (x, y) => left.data[y * SIZE + x] * (x < SIZE / 2 ? 1 : 0.1));
    expect(share(faint, one)).toBeGreaterThan(0.97);
    expect(
      share(
        left,
        one,
        planeOf(SIZE, SIZE, (x) => (x < SIZE / 2 ? 1 : 0)),
      ),
    ).toBeCloseTo(1, 2);
    expect(
      share(
        left,
        one,
        planeOf(SIZE, SIZE, (x) => (x < SIZE / 2 ? 0 : 1)),
      ),
    ).toBeLessThan(0.01);
  });

  it('of a flat plane, or from one, is 0', () => {
    expect(share(all, one)).toBe(0);
    expect(share(one, all)).toBe(0);
    expect(share(one, one, createPlane(SIZE, SIZE))).toBe(0);
  });
});
