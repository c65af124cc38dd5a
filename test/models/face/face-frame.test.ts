import { expect, test } from 'vitest';
import { faceFrame, toFaceFrame } from '../../../models/face/face-frame.ts';
import { CHIN, FOREHEAD_TOP, LANDMARK_COUNT } from '../../../models/face/index.ts';

/** A face of 40 × 32 px around (60, 50), turned clockwise. */
function landmarksAt(angle: number): Float32Array {
  const landmarks = new Float32Array(LANDMARK_COUNT * 3);
  const place = (k: number, x: number, y: number) => {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    landmarks.set([60 + cos * x - sin * y, 50 + sin * x + cos * y, 0], k * 3);
  };
  place(FOREHEAD_TOP, 0, -20);
  place(CHIN, 0, 20);
  place(234, -16, 0);
  place(454, 16, 0);
  return landmarks;
}

test.each([0, 0.5, -2])('the frame turns with the face: %d rad', (angle) => {
  const frame = faceFrame(landmarksAt(angle));
  expect(frame.centre[0]).toBeCloseTo(60, 4);
  expect(frame.centre[1]).toBeCloseTo(50, 4);
  expect(frame.down[0]).toBeCloseTo(-Math.sin(angle), 5);
  expect(frame.down[1]).toBeCloseTo(Math.cos(angle), 5);
  expect(frame.height).toBeCloseTo(40, 4);
  expect(frame.halfWidth).toBeCloseTo(16, 4);
});

test('an upright face: middle, chin and side', () => {
  const { x, y, oval } = toFaceFrame(faceFrame(landmarksAt(0)), 120, 100);
  const at = (column: number, row: number) => [x, y, oval].map(({ data }) => data[row * 120 + column]);
  for (const [column, row, expected] of [
    [60, 50, [0, 0, 0]],
    [60, 70, [0, 0.5, 1]],
    [60, 30, [0, -0.5, 1]],
    [76, 50, [0.4, 0, 1]],
    [44, 50, [-0.4, 0, 1]],
    [92, 50, [0.8, 0, 2]],
  ] as const) {
    at(column, row).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 4);
    });
  }
});

test('a face on its side: down is where its chin is', () => {
  const { x, y, oval } = toFaceFrame(faceFrame(landmarksAt(Math.PI / 2)), 120, 100);
  const chin = 50 * 120 + 40;
  expect(y.data[chin]).toBeCloseTo(0.5, 4);
  expect(Math.abs(x.data[chin])).toBeLessThan(1e-4);
  expect(oval.data[chin]).toBeCloseTo(1, 4);
});
