/** Handles of a face moved by hand, on the mean face. */
import { describe, expect, test } from 'vitest';
import { correctionsTo, withCorrections } from '../../../models/stylize/corrections.ts';
import { HANDLES, mirroredCorrections } from '../../../models/stylize/handles.ts';
import { meanFaceAt } from './mean-face.ts';

const EYES = 60;
const face = meanFaceAt([150, 150], EYES);
const moved = (corrections: Parameters<typeof withCorrections>[1]) => {
  const { landmarks } = withCorrections(face, corrections);
  return (k: number) => [0, 1].map((c) => (landmarks[3 * k + c] - face.landmarks[3 * k + c]) / EYES);
};

describe('a handle', () => {
  test('takes its point where it was put, the lid along, and nothing else', () => {
    const step = moved({ leftEyeUpperLid: [0, -0.08] });
    expect(step(HANDLES.leftEyeUpperLid.landmark)[1]).toBeCloseTo(-0.08, 4);
    for (const beside of [160, 158]) {
      expect(step(beside)[1]).toBeLessThan(-0.03);
      expect(step(beside)[1]).toBeGreaterThan(-0.1);
    }
    for (const name of [
      'leftEyeLowerLid',
      'leftEyeOuter',
      'leftEyeInner',
      'rightEyeUpperLid',
      'chin',
    ] as const)
      expect(Math.hypot(...step(HANDLES[name].landmark)), name).toBeLessThan(1e-4);
    const BROW = 105;
    expect(Math.hypot(...step(BROW))).toBeLessThan(0.02);
  });

  test('of the jaw takes the cheek along', () => {
    const step = moved({ jawLeft: [-0.2, 0] });
    expect(step(HANDLES.jawLeft.landmark)[0]).toBeCloseTo(-0.2, 4);
    expect(step(58)[0]).toBeLessThan(-0.1);
    expect(step(HANDLES.chin.landmark)[0]).toBeCloseTo(0, 4);
  });

  test('that is not moved leaves the face as it is', () => {
    expect(withCorrections(face, { chin: [0, 0] })).toBe(face);
  });
});

test('what was corrected is found again in the corrected face', () => {
  const corrections = { leftEyeUpperLid: [0.01, -0.06], chin: [0, 0.2] } as const;
  expect(correctionsTo(face, withCorrections(face, corrections))).toEqual(corrections);
});

test('in a mirror left is right', () => {
  const corrections = { leftEyeUpperLid: [0.02, -0.1], chin: [0.1, 0] } as const;
  expect(mirroredCorrections(corrections)).toEqual({ rightEyeUpperLid: [-0.02, -0.1], chin: [-0.1, 0] });
  expect(mirroredCorrections(mirroredCorrections(corrections))).toEqual(corrections);
});
