import { expect, test } from 'vitest';
import { FACE_OVAL, faceMask, LANDMARK_COUNT } from '../../../models/face/index.ts';
import { gaussianBlur } from '../../../models/image/blur.ts';
import { worst } from '../image/planes.ts';

/** A mesh whose oval is a circle. */
function circle(x: number, y: number, radius: number): Float32Array {
  const landmarks = new Float32Array(3 * LANDMARK_COUNT);
  FACE_OVAL.forEach((index, i) => {
    const angle = (2 * Math.PI * i) / FACE_OVAL.length - Math.PI / 2;
    landmarks.set([x + radius * Math.cos(angle), y + radius * Math.sin(angle)], 3 * index);
  });
  return landmarks;
}

test('the mask is 1 well inside the oval, 0 well outside, one half on it', () => {
  const { data } = faceMask(circle(50, 40, 25), 100, 80, 2);
  expect(data[40 * 100 + 50]).toBeCloseTo(1, 2);
  expect(data[40 * 100 + 5]).toBeCloseTo(0, 2);
  expect((data[40 * 100 + 74] + data[40 * 100 + 75]) / 2).toBeCloseTo(0.5, 1);
});

test("its sum is the oval's area", () => {
  const { data } = faceMask(circle(50, 40, 25), 100, 80, 0);
  const area = (FACE_OVAL.length / 2) * 25 ** 2 * Math.sin((2 * Math.PI) / FACE_OVAL.length);
  expect(data.reduce((sum, value) => sum + value, 0) / area).toBeCloseTo(1, 1);
});

test('an oval that leaves the picture is cut off', () => {
  const { data } = faceMask(circle(0, 0, 25), 60, 60, 0);
  expect(data[0]).toBe(1);
  expect(data[30]).toBe(0);
  expect(data.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.26 * Math.PI * 625);
});

test.each([
  ['in the middle', 50, 40],
  ['at a corner', 3, 76],
])('an oval %s is as soft as the whole mask blurred', (_, x, y) => {
  const oval = circle(x, y, 20);
  for (const sigma of [0.8, 2, 5]) {
    const whole = gaussianBlur(faceMask(oval, 100, 80, 0), sigma);
    expect(worst(faceMask(oval, 100, 80, sigma).data, whole.data)).toBeLessThan(0.001);
  }
});
