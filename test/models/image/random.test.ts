import { expect, it } from 'vitest';
import { seededNormal, seededRandom } from '../../../models/image/random.ts';

it('uniform numbers repeat with the seed and fill 0..1', () => {
  const [a, b, c] = [seededRandom(5), seededRandom(5), seededRandom(6)];
  const numbers = Array.from({ length: 10_000 }, a);
  expect(Array.from({ length: 10_000 }, b)).toEqual(numbers);
  expect(c()).not.toBe(numbers[0]);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  expect(numbers.reduce((sum, x) => sum + x) / 10_000).toBeCloseTo(0.5, 1);
});

it('normal numbers have mean 0 and variance 1', () => {
  const numbers = Array.from({ length: 20_000 }, seededNormal(3));
  const mean = numbers.reduce((sum, x) => sum + x) / numbers.length;
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(numbers.reduce((sum, x) => sum + x * x) / numbers.length).toBeCloseTo(1, 1);
});
