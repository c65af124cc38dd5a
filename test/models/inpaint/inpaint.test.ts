import { describe, expect, test } from 'vitest';
import type { Plane } from '../../../models/image/picture.ts';
import { seededRandom } from '../../../models/image/random.ts';
import { flipFillMap, readFilled } from '../../../models/inpaint/fill-map.ts';
import { inpaint } from '../../../models/inpaint/inpaint.ts';
import { planeOf, worst } from '../image/planes.ts';

const [WIDTH, HEIGHT] = [72, 64];
const isHole = (x: number, y: number) => (x - 37) ** 2 + (y - 30) ** 2 < 12 ** 2;
const hole = planeOf(WIDTH, HEIGHT, (x, y) => (isHole(x, y) ? 1 : 0));

/** Filled after everything in the hole was painted over with nonsense. */
function complete(truth: Plane): Plane {
  const damaged = planeOf(truth.width, truth.height, (x, y) =>
    isHole(x, y) ? 300 : truth.data[y * WIDTH + x],
  );
  return readFilled([damaged], inpaint([damaged], hole)!)[0];
}

/** Of the hole alone, for a range of 100. */
function psnrInHole(actual: Plane, expected: Plane): number {
  let [sum, count] = [0, 0];
  hole.data.forEach((value, i) => {
    if (value === 0) return;
    sum += (actual.data[i] - expected.data[i]) ** 2;
    count++;
  });
  return 10 * Math.log10(100 ** 2 / (sum / count));
}

describe('what surrounds the hole goes on in it', () => {
  test('a checked pattern, in phase', () => {
    const truth = planeOf(
      WIDTH,
      HEIGHT,
      (x, y) => 50 + 40 * Math.sin(x * (Math.PI / 4)) * Math.cos(y * (Math.PI / 4)),
    );
    expect(psnrInHole(complete(truth), truth)).toBeGreaterThan(25);
  });

  test('a gradient', () => {
    const truth = planeOf(WIDTH, HEIGHT, (_, y) => 20 + y);
    expect(psnrInHole(complete(truth), truth)).toBeGreaterThan(30);
  });

  test('a horizon', () => {
    const truth = planeOf(WIDTH, HEIGHT, (_, y) => (y < 32 ? 80 : 20));
    expect(psnrInHole(complete(truth), truth)).toBeGreaterThan(20);
  });
});

test('where a sky lies over hills, no sky is painted below the horizon', () => {
  const random = seededRandom(3);
  const scene = planeOf(WIDTH, HEIGHT, (_, y) => (y < 24 ? 80 + 4 * random() : 10 + 50 * random()));
  const person = planeOf(WIDTH, HEIGHT, (x, y) => (Math.abs(x - 36) < 8 + y / 3 && y > 8 ? 1 : 0));
  const { source } = inpaint([scene], person)!;
  const below = [...source.keys()].filter((i) => person.data[i] > 0 && i / WIDTH > 30);
  const sky = below.filter((i) => source[i] / WIDTH < 20);
  expect(sky.length / below.length).toBeLessThan(0.15);
});

test('the map of the mirrored picture fills it with the mirrored filling', () => {
  const noisy = planeOf(WIDTH, HEIGHT, (x, y) => ((x * 37 + y * 91) % 53) * 2);
  const mirror = (plane: Plane) => planeOf(WIDTH, HEIGHT, (x, y) => plane.data[y * WIDTH + WIDTH - 1 - x]);
  const map = inpaint([noisy], hole)!;
  const [filled] = readFilled([noisy], map);
  const [mirrored] = readFilled([mirror(noisy)], flipFillMap(map));
  expect(worst(mirrored.data, mirror(filled).data)).toBeLessThan(1e-4);
});

test('all of a texture is used, and no part of it over and over', () => {
  const random = seededRandom(5);
  const noise = planeOf(WIDTH, HEIGHT, () => 100 * random());
  const large = planeOf(WIDTH, HEIGHT, (x, y) => (Math.hypot(x - 36, y - 32) < 26 ? 1 : 0));
  const { source } = inpaint([noise], large)!;
  const used = new Int32Array((WIDTH / 8) * (HEIGHT / 8));
  source.forEach((from, i) => {
    if (large.data[i] > 0)
      used[Math.floor(from / WIDTH / 8) * (WIDTH / 8) + Math.floor((from % WIDTH) / 8)]++;
  });
  const [most, count] = [Math.max(...used), used.reduce((sum, times) => sum + times, 0)];
  expect(most / count).toBeLessThan(0.08);
});

test('outside the hole nothing changes', () => {
  const truth = planeOf(WIDTH, HEIGHT, (x, y) => ((x * 7 + y * 13) % 31) * 3);
  const filled = complete(truth);
  const outside = (plane: Plane) => plane.data.filter((_, i) => hole.data[i] === 0);
  expect(worst(outside(filled), outside(truth))).toBeLessThan(1e-4);
});

test('no pixel is taken from the hole', () => {
  const noisy = planeOf(WIDTH, HEIGHT, (x, y) => ((x * 37 + y * 91) % 53) * 2);
  const soft = planeOf(WIDTH, HEIGHT, (x, y) => Math.max(0, 1 - Math.hypot(x - 40, y - 30) / 20));
  const { source } = inpaint([noisy, hole], soft)!;
  source.forEach((from, i) => {
    expect(soft.data[from], `at ${i}`).toBeLessThanOrEqual(0.05);
    if (soft.data[i] === 0) expect(from).toBe(i);
  });
});

test('a hole at the border is filled as well', () => {
  const corner = planeOf(WIDTH, HEIGHT, (x, y) => (x > 50 && y > 44 ? 1 : 0));
  const truth = planeOf(WIDTH, HEIGHT, (x) => 20 + x);
  const map = inpaint([truth], corner)!;
  for (const from of map.source) expect(corner.data[from]).toBe(0);
});

test('a map serves a larger copy of the same picture', () => {
  const truth = (scale: number) => planeOf(WIDTH * scale, HEIGHT * scale, (_, y) => 20 + (y + 0.5) / scale);
  const [filled] = readFilled([truth(3)], inpaint([truth(1)], hole)!);
  expect(worst(filled.data, truth(3).data)).toBeLessThan(12);
  const outside = (plane: Plane) =>
    plane.data.filter((_, i) => Math.hypot((i % 216) / 3 - 37, Math.floor(i / 216) / 3 - 30) > 15);
  expect(worst(outside(filled), outside(truth(3)))).toBeLessThan(1e-4);
});

test('null when there is nothing left to paint from', () => {
  const plane = planeOf(WIDTH, HEIGHT, (x) => x);
  expect(
    inpaint(
      [plane],
      planeOf(WIDTH, HEIGHT, () => 1),
    ),
  ).toBeNull();
  expect(
    inpaint(
      [plane],
      planeOf(WIDTH, HEIGHT, (x) => (x > 4 ? 1 : 0)),
    ),
  ).toBeNull();
});

test('the same input gives the same map', () => {
  const plane = planeOf(WIDTH, HEIGHT, (x, y) => ((x * 37 + y * 91) % 53) * 2);
  expect(inpaint([plane], hole)).toEqual(inpaint([plane], hole));
});
