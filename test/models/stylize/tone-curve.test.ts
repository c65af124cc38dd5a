import { describe, expect, test } from 'vitest';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { seededNormal } from '../../../models/image/random.ts';
import {
  applyTone,
  IDENTITY_TONES,
  lightnessHistogram,
  matchTones,
  quantile,
  totalOf,
} from '../../../models/stylize/tone-curve.ts';
import { planeOf } from '../image/planes.ts';

const everywhere = (plane: Plane) => createPlane(plane.width, plane.height, 1);
const histogramOf = (plane: Plane) => lightnessHistogram(plane, everywhere(plane));

function normal(mean: number, deviation: number, seed: number): Plane {
  const random = seededNormal(seed);
  return planeOf(150, 150, () => Math.min(100, Math.max(0, mean + deviation * random())));
}

const sorted = (plane: Plane) => plane.data.toSorted();
const shareOf = (values: Float32Array, share: number) => values[Math.floor(share * (values.length - 1))];

describe('quantile', () => {
  test('is what sorting gives', () => {
    const plane = normal(40, 15, 2);
    const values = sorted(plane);
    for (const share of [0.01, 0.1, 0.5, 0.77, 0.99]) {
      expect(Math.abs(quantile(histogramOf(plane), share) - shareOf(values, share))).toBeLessThan(0.5);
    }
  });

  test('counts a pixel by its mask, and not at all below one half', () => {
    const plane = planeOf(100, 1, (x) => x);
    const mask = planeOf(100, 1, (x) => (x < 50 ? 0.49 : 1));
    expect(totalOf(lightnessHistogram(plane, mask))).toBe(50);
    expect(quantile(lightnessHistogram(plane, mask), 0.5)).toBeCloseTo(74.5, 0);
  });
});

describe('a matched tone curve', () => {
  const cases = [
    ['darker', normal(60, 10, 1), normal(35, 10, 2)],
    ['of more contrast', normal(50, 10, 3), normal(50, 16, 4)],
    ['of less contrast', normal(50, 18, 5), normal(60, 6, 6)],
    ['even', normal(45, 9, 7), planeOf(150, 150, (x) => 30 + (40 * x) / 149)],
  ] as const;

  test.each(cases)('gives the quantiles of the target: %s', (_, from, to) => {
    const curve = matchTones(histogramOf(from), histogramOf(to));
    const values = from.data.map((value) => applyTone(curve, value)).sort();
    const wanted = sorted(to);
    for (const share of [0.05, 0.25, 0.5, 0.75, 0.95]) {
      expect(Math.abs(shareOf(values, share) - shareOf(wanted, share))).toBeLessThan(1.2);
    }
  });

  test.each(cases)('never falls, and ends inside 0..100: %s', (_, from, to) => {
    const curve = matchTones(histogramOf(from), histogramOf(to));
    const values = Array.from({ length: 1001 }, (_, i) => applyTone(curve, i / 10));
    for (let i = 1; i < values.length; i++) expect(values[i]).toBeGreaterThanOrEqual(values[i - 1] - 1e-4);
    expect(values[0]).toBeGreaterThanOrEqual(-0.5);
    expect(values[1000]).toBeLessThanOrEqual(100.5);
  });

  test('rises no faster than allowed where the portrait has its tones', () => {
    const [from, to] = [normal(50, 3, 8), normal(50, 25, 9)];
    for (const limit of [1.5, 2.5]) {
      const curve = matchTones(histogramOf(from), histogramOf(to), limit);
      for (let x = 44; x < 56; x += 0.5) {
        expect(applyTone(curve, x + 0.5) - applyTone(curve, x)).toBeLessThan(limit * 0.5 * 1.1);
      }
      const spread = applyTone(curve, 53) - applyTone(curve, 47);
      expect(spread).toBeGreaterThan(0.85 * limit * 6);
    }
  });

  test('of two alike changes nothing', () => {
    const plane = normal(50, 15, 10);
    const curve = matchTones(histogramOf(plane), histogramOf(plane));
    for (let x = 25; x <= 75; x += 5) expect(applyTone(curve, x)).toBeCloseTo(x, 3);
  });
});

describe('tones that are hard to match', () => {
  const dark = planeOf(100, 100, (x, y) => 10 + (30 * (y * 100 + x)) / 10_000);
  const steepest = (curve: ReturnType<typeof matchTones>) => {
    const values = Array.from({ length: 1001 }, (_, i) => applyTone(curve, i / 10));
    return Math.max(...values.slice(1).map((value, i) => (value - values[i]) / 0.1));
  };

  test.each([
    ['a shirt that is mostly clipped', planeOf(100, 100, (x, y) => (y < 60 ? 100 : 40 + 0.6 * x))],
    ['a suit that is mostly black', planeOf(100, 100, (x, y) => (y < 60 ? 0 : 0.6 * x))],
    ['bright skin with highlights', planeOf(100, 100, (x, y) => (y === 0 ? 99 : 70 + 0.2 * x))],
  ])('%s: no step anywhere', (_, from) => {
    for (const to of [dark, normal(70, 6, 12)]) {
      expect(steepest(matchTones(histogramOf(from), histogramOf(to), 2))).toBeLessThan(2 * 1.25);
    }
  });

  test('what has one lightness gets the mean of what it stands for', () => {
    const flat = planeOf(100, 100, () => 50);
    expect(Math.abs(applyTone(matchTones(histogramOf(flat), histogramOf(dark)), 50) - 25)).toBeLessThan(0.5);
    const clipped = planeOf(100, 100, (x, y) => (y < 60 ? 100 : 40 + 0.6 * x));
    // The upper 60 % of 10..40.
    const curve = matchTones(histogramOf(clipped), histogramOf(dark));
    expect(Math.abs(applyTone(curve, 100) - 31)).toBeLessThan(1);
  });
});

test('the identity changes nothing from black to white', () => {
  for (const x of [0, 0.1, 33.3, 99.9, 100]) expect(applyTone(IDENTITY_TONES, x)).toBeCloseTo(x, 4);
  expect(applyTone(IDENTITY_TONES, 130)).toBeCloseTo(100, 4);
  expect(applyTone(IDENTITY_TONES, -5)).toBe(0);
});
