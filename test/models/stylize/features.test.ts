import { expect, test } from 'vitest';
import {
  LANDMARK_COUNT,
  LEFT_EYE,
  LIPS_INNER,
  LIPS_OUTER,
  NOSE_TIP,
  RIGHT_EYE,
} from '../../../models/face/index.ts';
import type { Plane } from '../../../models/image/picture.ts';
import { featurePlane, ownColourPlane, partsPlane } from '../../../models/stylize/features.ts';

const INTEROCULAR = 60;

/** Eyes at (70, 60) and (130, 60), a mouth at (100, 110) that is open or shut; all else far outside. */
function landmarksOf(opening: number): Float32Array {
  const landmarks = new Float32Array(LANDMARK_COUNT * 3).fill(-500);
  const ellipse = (contour: readonly number[], x: number, y: number, rx: number, ry: number) => {
    contour.forEach((point, k) => {
      const turn = (2 * Math.PI * k) / contour.length;
      landmarks.set([x - rx * Math.cos(turn), y - ry * Math.sin(turn), 0], point * 3);
    });
  };
  ellipse(LEFT_EYE, 70, 60, 10, 5);
  ellipse(RIGHT_EYE, 130, 60, 10, 5);
  ellipse(LIPS_OUTER, 100, 110, 18, 9);
  ellipse(LIPS_INNER, 100, 110, 14, opening);
  landmarks.set([100, 85, 0], NOSE_TIP * 3);
  return landmarks;
}

const at = ({ width, data }: Plane, x: number, y: number) => data[y * width + x];

test('features are 1 on their points and fall to 0 a fifth of the eye distance away', () => {
  const plane = featurePlane(200, 160, landmarksOf(1), INTEROCULAR);
  expect(at(plane, 100, 85)).toBe(1);
  expect(at(plane, 103, 85)).toBe(1);
  const fall = [107, 109, 111].map((x) => at(plane, x, 85));
  expect(fall).toEqual(fall.toSorted((a, b) => b - a));
  for (const value of fall) expect(value > 0 && value < 1).toBe(true);
  for (const [x, y] of [
    [100, 72],
    [30, 60],
    [100, 140],
    [0, 0],
  ]) {
    expect(at(plane, x, y)).toBe(0);
  }
});

test('a face that reaches past the picture leaves the rest of its features', () => {
  const landmarks = landmarksOf(1).map((value, i) => (i % 3 === 0 ? value - 70 : value));
  const plane = featurePlane(100, 160, landmarks, INTEROCULAR);
  expect(at(plane, 30, 85)).toBe(1);
  expect(at(plane, 0, 65)).toBe(1);
  expect(Math.min(...plane.data)).toBe(0);
});

test('parts: eyes 1, lips -1, all else 0', () => {
  const plane = partsPlane(200, 160, landmarksOf(1));
  for (const [x, y, value] of [
    [70, 60, 1],
    [130, 60, 1],
    [100, 104, -1],
    [100, 85, 0],
    [5, 5, 0],
  ]) {
    expect(at(plane, x, y)).toBe(value);
  }
});

test('own colours are the eyes’ and an open mouth’s, not a shut one’s', () => {
  for (const [opening, least, most] of [
    [7, 0.9, 1],
    [0.2, 0, 0.3],
  ]) {
    const plane = ownColourPlane(200, 160, landmarksOf(opening), INTEROCULAR);
    expect(at(plane, 70, 60)).toBeGreaterThan(0.9);
    expect(at(plane, 100, 110)).toBeGreaterThanOrEqual(least);
    expect(at(plane, 100, 110)).toBeLessThanOrEqual(most + 1e-3);
    expect(at(plane, 100, 85)).toBeLessThan(0.01);
  }
});
