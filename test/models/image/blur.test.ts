import { describe, expect, test } from 'vitest';
import { gaussianBlur } from '../../../models/image/blur.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { noise, planeOf, worst } from './planes.ts';

/** The sampled and normalised Gaussian, summed pixel by pixel, borders repeated. */
function directBlur(plane: Plane, sigma: number): Plane {
  const radius = Math.ceil(5 * sigma);
  const kernel = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-(((i - radius) / sigma) ** 2) / 2),
  );
  const total = kernel.reduce((a, b) => a + b);
  const pass = ({ width, height, data }: Plane, dx: number, dy: number) =>
    planeOf(width, height, (x, y) => {
      let sum = 0;
      kernel.forEach((weight, i) => {
        const u = Math.min(width - 1, Math.max(0, x + dx * (i - radius)));
        const v = Math.min(height - 1, Math.max(0, y + dy * (i - radius)));
        sum += weight * data[v * width + u];
      });
      return sum / total;
    });
  return pass(pass(plane, 1, 0), 0, 1);
}

describe.each([
  [1, 4, 8],
  [2, 2, 4],
  [3.5, 1.6, 3],
  [8, 1.2, 3],
])('sigma %d', (sigma, ofAnEdge, ofCorners) => {
  test('is a Gaussian', () => {
    const edge = planeOf(90, 3, (x) => (x < 45 ? 0 : 100));
    expect(worst(gaussianBlur(edge, sigma).data, directBlur(edge, sigma).data)).toBeLessThan(ofAnEdge);
    const edges = planeOf(72, 60, (x, y) => (x > 30 && y > 20 && x + y < 90 ? 100 : 0));
    expect(worst(gaussianBlur(edges, sigma).data, directBlur(edges, sigma).data)).toBeLessThan(ofCorners);
    const grain = noise(72, 60, 5);
    expect(worst(gaussianBlur(grain, sigma).data, directBlur(grain, sigma).data)).toBeLessThan(ofCorners);
  });

  test('treats the four borders alike', () => {
    const plane = noise(40, 40, 9);
    const turn = ({ data }: Plane) => planeOf(40, 40, (x, y) => data[(39 - y) * 40 + 39 - x]);
    expect(worst(turn(gaussianBlur(turn(plane), sigma)).data, gaussianBlur(plane, sigma).data)).toBeLessThan(
      1,
    );
  });

  test('keeps a constant', () => {
    for (const [width, height] of [
      [50, 40],
      [1, 30],
      [30, 1],
      [2, 2],
    ]) {
      const plane = createPlane(width, height, 42);
      expect(worst(gaussianBlur(plane, sigma).data, plane.data)).toBeLessThan(1e-3);
    }
  });

  test('keeps the sum of what is far from the border, and its middle', () => {
    const point = planeOf(161, 161, (x, y) => (x === 80 && y === 75 ? 1000 : 0));
    const { data } = gaussianBlur(point, sigma);
    let [sum, sumX, sumY] = [0, 0, 0];
    data.forEach((value, i) => {
      sum += value;
      sumX += value * (i % 161);
      sumY += value * Math.floor(i / 161);
    });
    expect(sum).toBeCloseTo(1000, 0);
    expect(sumX / sum).toBeCloseTo(80, 2);
    expect(sumY / sum).toBeCloseTo(75, 2);
  });
});

test('next to no blur is a copy, not the plane itself', () => {
  const plane = noise(9, 7, 1);
  const copy = gaussianBlur(plane, 0.3);
  expect(copy).toEqual(plane);
  expect(copy.data).not.toBe(plane.data);
});
