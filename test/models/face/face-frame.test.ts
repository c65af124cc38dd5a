import { expect, test } from 'vitest';
import { faceFrame, facePositions } from '../../../models/face/face-frame.ts';
import {
  CHIN,
  FACE_OVAL,
  FOREHEAD_TOP,
  LANDMARK_COUNT,
  LEFT_BROW,
  RIGHT_BROW,
} from '../../../models/face/index.ts';

/** A face of 40 × 32 px around (60, 50) with brows 8 px above its middle, turned clockwise. */
function landmarksAt(angle: number): Float32Array {
  const landmarks = new Float32Array(LANDMARK_COUNT * 3);
  const place = (k: number, x: number, y: number) => {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    landmarks.set([60 + cos * x - sin * y, 50 + sin * x + cos * y, 0], k * 3);
  };
  FACE_OVAL.forEach((point, k) => {
    const turn = (2 * Math.PI * k) / FACE_OVAL.length;
    place(point, 16 * Math.sin(turn), -20 * Math.cos(turn));
  });
  for (const k of [...LEFT_BROW, ...RIGHT_BROW]) place(k, 0, -8);
  place(FOREHEAD_TOP, 0, -20);
  place(CHIN, 0, 20);
  return landmarks;
}

test.each([0, 0.5, -2])('the frame turns with the face: %d rad', (angle) => {
  const frame = faceFrame(landmarksAt(angle));
  expect(frame.centre[0]).toBeCloseTo(60, 4);
  expect(frame.centre[1]).toBeCloseTo(50, 4);
  expect(frame.down[0]).toBeCloseTo(-Math.sin(angle), 5);
  expect(frame.down[1]).toBeCloseTo(Math.cos(angle), 5);
  expect(frame.height).toBeCloseTo(40, 4);
});

test('an upright face: middle, chin and side', () => {
  const { x, y, radius, brows } = facePositions(landmarksAt(0), 120, 100);
  const at = (column: number, row: number) => [x, y, radius].map(({ data }) => data[row * 120 + column]);
  for (const [column, row, expected] of [
    [60, 50, [0, 0, 0]],
    [60, 70, [0, 0.5, 1]],
    [60, 30, [0, -0.5, 1]],
    [76, 50, [0.4, 0, 1]],
    [44, 50, [-0.4, 0, 1]],
    [92, 50, [0.8, 0, 2]],
  ] as const) {
    at(column, row).forEach((value, i) => {
      expect(value, `${column}, ${row}`).toBeCloseTo(expected[i], 1);
    });
  }
  expect(brows).toBeCloseTo(-0.2, 4);
});

test('a face on its side: down is where its chin is', () => {
  const { x, y, radius, brows } = facePositions(landmarksAt(Math.PI / 2), 120, 100);
  const chin = 50 * 120 + 40;
  expect(y.data[chin]).toBeCloseTo(0.5, 4);
  expect(Math.abs(x.data[chin])).toBeLessThan(1e-4);
  expect(radius.data[chin]).toBeCloseTo(1, 1);
  expect(brows).toBeCloseTo(-0.2, 4);
});
