import { expect, test } from 'vitest';
import { poseFallback, poseGap } from '../../../models/stylize/pose.ts';
import meanFace from '../../../models/weights/mean-face.json' with { type: 'json' };

/** The mean face turned about an axis of the picture (`across` 0: its vertical, 1: its horizontal), by degrees. */
function turned(across: 0 | 1, degrees: number): Float32Array {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const out = Float32Array.from(meanFace);
  for (let k = 0; k < out.length; k += 3) {
    const [u, z] = [meanFace[k + across], meanFace[k + 2]];
    out[k + across] = cos * u + sin * z;
    out[k + 2] = -sin * u + cos * z;
  }
  return out;
}

test.each([0, 1] as const)('the gap is the angle between two heads (axis %i)', (across) => {
  for (const [from, to] of [
    [0, 0],
    [-20, 25],
    [40, 10],
  ]) {
    expect(poseGap(turned(across, from), turned(across, to))).toBeCloseTo(Math.abs(from - to), 3);
  }
});

test('size and place do not matter', () => {
  const larger = turned(0, 30).map((value, i) => 3 * value + 100 * (i % 3));
  expect(poseGap(larger, turned(0, 0))).toBeCloseTo(30, 3);
});

test('the fallback begins late and is complete at the end', () => {
  expect([0, 20, 35].map(poseFallback)).toEqual([0, 0, 0]);
  expect(poseFallback(47)).toBeGreaterThan(0.3);
  expect([60, 90].map(poseFallback)).toEqual([1, 1]);
});
