import { expect, test } from 'vitest';
import { rotatePlane, rotatePoints } from '../../../models/synthesis/rotate.ts';
import { planeOf } from '../image/planes.ts';

const CENTRE = [41, 37] as const;

test.each([0.2, -0.7, 1.5])('a spot goes where its point goes: %d rad', (angle) => {
  const [x, y] = [55, 30];
  const spot = planeOf(90, 80, (u, v) => Math.exp(-((u - x) ** 2 + (v - y) ** 2) / 8));
  const turned = rotatePlane(spot, angle, CENTRE, 0);
  let [sum, sumX, sumY] = [0, 0, 0];
  turned.data.forEach((value, i) => {
    sum += value;
    sumX += value * (i % 90);
    sumY += value * Math.floor(i / 90);
  });
  const [px, py, depth] = rotatePoints(Float32Array.of(x, y, 7), 3, angle, CENTRE);
  expect(sumX / sum).toBeCloseTo(px, 2);
  expect(sumY / sum).toBeCloseTo(py, 2);
  expect(depth).toBe(7);
});

test('positive angles are clockwise on screen', () => {
  const [x, y] = rotatePoints(Float32Array.of(51, 37), 2, Math.PI / 2, CENTRE);
  expect(x).toBeCloseTo(41, 4);
  expect(y).toBeCloseTo(47, 4);
});

test('a quarter turn moves pixels exactly', () => {
  const plane = planeOf(31, 31, (x, y) => 100 * Math.sin(x * 1.7 + y * y));
  const turned = rotatePlane(plane, Math.PI / 2, [15, 15], 0);
  for (let y = 3; y < 28; y++) {
    for (let x = 3; x < 28; x++) {
      expect(turned.data[y * 31 + x]).toBeCloseTo(plane.data[(30 - x) * 31 + y], 2);
    }
  }
});

test('what the plane does not reach is filled', () => {
  const turned = rotatePlane(
    planeOf(40, 40, () => 5),
    Math.PI / 4,
    [20, 20],
    -1,
  );
  expect(turned.data[0]).toBe(-1);
  expect(turned.data[20 * 40 + 20]).toBeCloseTo(5, 5);
});
