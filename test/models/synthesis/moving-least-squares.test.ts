import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../models/image/random.ts';
import { movingLeastSquares } from '../../../models/synthesis/moving-least-squares.ts';

const [WIDTH, HEIGHT] = [181, 133];

type Map = (x: number, y: number) => readonly [number, number];

/** Turned, scaled and shifted. */
const similarity =
  (angle: number, scale: number, dx: number, dy: number): Map =>
  (x, y) => [
    scale * (Math.cos(angle) * x - Math.sin(angle) * y) + dx,
    scale * (Math.sin(angle) * x + Math.cos(angle) * y) + dy,
  ];

function scatter(
  count: number,
  seed: number,
  [left, top, side]: readonly number[] = [40, 30, 80],
): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: count * 2 }, (_, i) => (i % 2 === 0 ? left : top) + random() * side);
}

function mapPoints(points: Float32Array, map: Map): Float32Array {
  const out = points.slice();
  for (let i = 0; i < out.length; i += 2) [out[i], out[i + 1]] = map(points[i], points[i + 1]);
  return out;
}

describe.each([
  ['a shift', similarity(0, 1, 12, -7)],
  ['a turn', similarity(0.6, 1, 30, 10)],
  ['a change of size', similarity(0, 1.7, 0, 0)],
  ['all of them', similarity(-1.1, 0.45, 20, 90)],
])('%s', (_, map) => {
  test('of the control points is the map of every pixel', () => {
    const from = scatter(40, 3);
    const { x, y } = movingLeastSquares(WIDTH, HEIGHT, { from, to: mapPoints(from, map) });
    for (let row = 0; row < HEIGHT; row++) {
      for (let column = 0; column < WIDTH; column++) {
        const [u, v] = map(column, row);
        const i = row * WIDTH + column;
        if (Math.hypot(x.data[i] - u, y.data[i] - v) > 0.02) expect.fail(`at ${column}, ${row}`);
      }
    }
  });
});

test('control points that move on their own are followed, and the more so where they are alone', () => {
  // On the nodes of the grid, 40 px and more apart.
  const from = Float32Array.from([20, 20, 80, 20, 20, 80, 80, 80, 140, 50]);
  const to = Float32Array.from([25, 14, 78, 29, 16, 84, 92, 80, 133, 44]);
  const { x, y } = movingLeastSquares(WIDTH, HEIGHT, { from, to });
  for (let k = 0; k < from.length; k += 2) {
    const i = from[k + 1] * WIDTH + from[k];
    expect(Math.hypot(x.data[i] - to[k], y.data[i] - to[k + 1])).toBeLessThan(0.5);
  }
});

test('far away is the one similarity that fits all points best', () => {
  const random = seededRandom(8);
  const size = 2000;
  const from = scatter(30, 5, [990, 990, 20]);
  const to = mapPoints(from, (x, y) => {
    const [u, v] = similarity(0.3, 1.4, -200, 100)(x, y);
    return [u + 2 * random(), v + 2 * random()];
  });
  const fitted = fitSimilarity(from, to);
  const { x, y } = movingLeastSquares(size, 3, { from, to });
  for (const column of [0, 1000, size - 1]) {
    const [u, v] = fitted(column, 1);
    const distance = Math.hypot(column - 1000, 999);
    expect(Math.hypot(x.data[size + column] - u, y.data[size + column] - v)).toBeLessThan(0.02 * distance);
  }
});

/** Least squares in closed form (Umeyama 1991 for the plane, without reflection). */
function fitSimilarity(from: Float32Array, to: Float32Array): Map {
  const mean = (points: Float32Array, offset: number) => {
    const values = points.filter((_, i) => i % 2 === offset);
    return values.reduce((a, b) => a + b, 0) / values.length;
  };
  const [px, py, qx, qy] = [mean(from, 0), mean(from, 1), mean(to, 0), mean(to, 1)];
  let [real, imaginary, norm] = [0, 0, 0];
  for (let i = 0; i < from.length; i += 2) {
    const [dx, dy, tx, ty] = [from[i] - px, from[i + 1] - py, to[i] - qx, to[i + 1] - qy];
    real += dx * tx + dy * ty;
    imaginary += dx * ty - dy * tx;
    norm += dx * dx + dy * dy;
  }
  const [a, b] = [real / norm, imaginary / norm];
  return (x, y) => [qx + a * (x - px) - b * (y - py), qy + b * (x - px) + a * (y - py)];
}

test('a picture of one pixel or one row is mapped, too', () => {
  const from = scatter(10, 4);
  const points = { from, to: mapPoints(from, similarity(0, 2, 1, 1)) };
  expect(movingLeastSquares(1, 1, points).x.data[0]).toBeCloseTo(1, 2);
  expect(movingLeastSquares(25, 1, points).x.data[24]).toBeCloseTo(49, 2);
  expect(movingLeastSquares(1, 25, points).y.data[24]).toBeCloseTo(49, 2);
});
