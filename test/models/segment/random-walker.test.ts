import { expect, test } from 'vitest';
import type { Plane } from '../../../models/image/picture.ts';
import { randomWalker, stepWeights } from '../../../models/segment/random-walker.ts';
import { planeOf } from '../image/planes.ts';

const [WIDTH, HEIGHT] = [40, 30];
const everywhere = new Uint8Array(WIDTH * HEIGHT).fill(1);

/** Two flat halves that meet at column 20. */
const halves = planeOf(WIDTH, HEIGHT, (x) => (x < 20 ? 20 : 60));
/** Evidence that is sure near the sides and knows nothing between. */
const first = planeOf(WIDTH, HEIGHT, (x) => (x < 10 ? 1 : x > 29 ? 0 : 0.5));
const second = planeOf(WIDTH, HEIGHT, (x, y) => 1 - first.data[y * WIDTH + x]);

const walk = (region: Uint8Array) =>
  randomWalker([first, second], stepWeights([halves.data], WIDTH, region), {
    region,
    trust: 0.02,
    sweeps: 400,
  });
const at = ({ data }: Plane, x: number, y: number) => data[y * WIDTH + x];

test('labels fill the areas that they are sure of a part of, and stop at the edge', () => {
  const [left] = walk(everywhere);
  expect(at(left, 18, 15)).toBeGreaterThan(0.6);
  expect(at(left, 21, 15)).toBeLessThan(0.4);
  expect(at(left, 19, 15) - at(left, 20, 15)).toBeGreaterThan(0.2);
});

test('shares sum to 1', () => {
  const [left, right] = walk(everywhere);
  for (let i = 0; i < left.data.length; i += 13) expect(left.data[i] + right.data[i]).toBeCloseTo(1, 2);
});

test('the walker does not cross what is outside the region', () => {
  const region = everywhere.slice();
  for (let y = 0; y < HEIGHT; y++) region[y * WIDTH + 12] = 0;
  const [left] = walk(region);
  const cut = at(left, 16, 15);
  expect(cut).toBeLessThan(at(walk(everywhere)[0], 16, 15) - 0.1);
  expect(at(left, 12, 2)).toBe(0.5);
});
