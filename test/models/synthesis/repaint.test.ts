import { beforeAll, describe, expect, test } from 'vitest';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import type { Kernels } from '../../../models/synthesis/kernels/kernels.ts';
import { loadKernels } from '../../../models/synthesis/kernels/wasm.ts';
import { type PaintOptions, type PaintTarget, paint } from '../../../models/synthesis/painter.ts';
import { sourcePyramid } from '../../../models/synthesis/pyramid.ts';
import { paintState, repaint } from '../../../models/synthesis/repaint.ts';
import { noise, planeOf } from '../image/planes.ts';

let kernels: Kernels;
beforeAll(async () => {
  kernels = await loadKernels();
});

const SIZE = 64;
const dabs = noise(SIZE, SIZE, 2, 30);
const lab = {
  l: planeOf(SIZE, SIZE, (x, y) => 20 + x + dabs.data[y * SIZE + x] / 3),
  a: createPlane(SIZE, SIZE),
  b: createPlane(SIZE, SIZE),
};
const guide = planeOf(SIZE, SIZE, (x) => 20 + x);
const pyramid = sourcePyramid(lab, [guide], new Uint8Array(SIZE * SIZE).fill(1), 2);
const OPTIONS: PaintOptions = {
  weights: { style: 1, positionCap: 150, uniformity: 0, uniformityCap: 40 },
  iterations: [3, 2],
  sweeps: 2,
  searchRadius: 20,
  seed: 1,
  corrections: 0,
  correct: (planes) => planes,
  voteEnergy: 60,
};
const AGAIN = { ...OPTIONS, tolerance: { factor: 1.2, energy: 15 }, redrawn: null };
const targetOf = (wanted: Plane): PaintTarget => ({
  lab: { l: createPlane(SIZE, SIZE, 50), a: createPlane(SIZE, SIZE), b: createPlane(SIZE, SIZE) },
  guides: [wanted],
  positions: { x: createPlane(SIZE, SIZE), y: createPlane(SIZE, SIZE) },
  positionWeight: createPlane(SIZE, SIZE),
  region: new Uint8Array(SIZE * SIZE).fill(1),
  anchor: [0, 0],
});
const settle = (target: PaintTarget) => {
  const first = paintState(paint(kernels, target, pyramid, OPTIONS), target);
  return repaint(kernels, target, pyramid[0], first, AGAIN);
};

describe('what was painted', () => {
  const target = targetOf(guide);

  test('stays where nothing has changed, whatever the seed', () => {
    const before = settle(target);
    const after = repaint(kernels, target, pyramid[0], before.state, { ...AGAIN, seed: 99 });
    expect(after.matchedAgain).toBe(0);
    expect(after.field).toEqual(before.field);
  });

  test('looks the same where nothing has changed, from the first time on', () => {
    const first = paint(kernels, target, pyramid, OPTIONS);
    const second = repaint(kernels, target, pyramid[0], paintState(first, target), AGAIN);
    const third = repaint(kernels, target, pyramid[0], second.state, AGAIN);
    expect(second.lab).toEqual(first.lab);
    expect(third.lab).toEqual(first.lab);
  });

  test('is matched again only where something else is wanted', () => {
    const before = settle(target);
    const changed = targetOf(planeOf(SIZE, SIZE, (x, y) => (y < 16 ? 84 - x : 20 + x)));
    const after = repaint(kernels, changed, pyramid[0], before.state, AGAIN);
    const differs = (from: number, to: number) =>
      after.field
        .subarray(from * SIZE, to * SIZE)
        .reduce((sum, match, i) => sum + (match === before.field[from * SIZE + i] ? 0 : 1), 0);
    expect(differs(0, 14)).toBeGreaterThan(0.5 * 14 * SIZE);
    expect(differs(20, SIZE)).toBe(0);
  });

  test('is drawn anew where that is asked for', () => {
    const before = settle(target);
    const redrawn = new Uint8Array(SIZE * SIZE).fill(1, 0, 20 * SIZE);
    const after = repaint(kernels, target, pyramid[0], before.state, { ...AGAIN, redrawn, seed: 3 });
    expect(after.matchedAgain).toBeCloseTo(20 / SIZE, 5);
    expect(after.field.subarray(0, 16 * SIZE)).not.toEqual(before.field.subarray(0, 16 * SIZE));
    expect(after.field.subarray(20 * SIZE)).toEqual(before.field.subarray(20 * SIZE));
  });
});
