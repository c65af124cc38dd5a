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
const AGAIN = { ...OPTIONS, tolerance: { factor: 1.2, energy: 15, otherwise: 200 }, redrawn: null };
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

  test('leaves no line of the ground where what stands before it has grown', () => {
    const HALF = SIZE / 2;
    const tones = planeOf(SIZE, SIZE, (x) => (x < HALF ? 20 : 90));
    const grains = planeOf(SIZE, SIZE, (x, y) => tones.data[y * SIZE + x] + dabs.data[y * SIZE + x] / 5);
    const none = createPlane(SIZE, SIZE);
    const source = sourcePyramid(
      { l: grains, a: none, b: none },
      [tones],
      new Uint8Array(SIZE * SIZE).fill(1),
      2,
    );
    /** Dark up to a column, on light ground of which a rim is painted. */
    const upTo = (end: number): PaintTarget => ({
      ...targetOf(planeOf(SIZE, SIZE, (x) => (x < end ? 20 : 90))),
      lab: { l: createPlane(SIZE, SIZE, 90), a: none, b: none },
      positions: {
        x: planeOf(SIZE, SIZE, (x) => (x < end ? (x * HALF) / end : HALF + x - end)),
        y: planeOf(SIZE, SIZE, (_, y) => y),
      },
      positionWeight: createPlane(SIZE, SIZE, 0.2),
      region: Uint8Array.from({ length: SIZE * SIZE }, (_, i) => (i % SIZE < end + 4 ? 1 : 0)),
    });
    const first = upTo(20);
    let state = paintState(paint(kernels, first, source, OPTIONS), first);
    const light: number[] = [];
    for (const end of [24, 28, 32, 36, 40]) {
      const { lab: grown, ...next } = repaint(kernels, upTo(end), source[0], state, AGAIN);
      state = next.state;
      const inside = grown.l.data.filter((_, i) => i % SIZE < end - 3);
      light.push(inside.filter((value) => value > 45).length);
    }
    expect(light).toEqual([0, 0, 0, 0, 0]);
  });

  test('keeps its colour where it is a little wrong, though another colour fits the guides as well', () => {
    const reds = planeOf(SIZE, SIZE, (x) => (x < SIZE / 2 ? 40 : -40));
    const none = createPlane(SIZE, SIZE);
    const rows = planeOf(SIZE, SIZE, (_, y) => 20 + y);
    const source = sourcePyramid(
      { l: rows, a: reds, b: none },
      [rows],
      new Uint8Array(SIZE * SIZE).fill(1),
      2,
    );
    const first: PaintTarget = {
      ...targetOf(planeOf(SIZE, SIZE, () => 40)),
      positions: { x: createPlane(SIZE, SIZE, 15), y: createPlane(SIZE, SIZE, 20) },
      positionWeight: createPlane(SIZE, SIZE, 0.2),
    };
    const red = paint(kernels, first, source, OPTIONS);
    const lighter = targetOf(planeOf(SIZE, SIZE, () => 50));
    const after = repaint(kernels, lighter, source[0], paintState(red, first), AGAIN);
    expect(after.matchedAgain).toBeGreaterThan(0.9);
    expect(Math.min(...red.lab.a.data)).toBeGreaterThan(30);
    expect(Math.min(...after.lab.a.data)).toBeGreaterThan(30);
  });

  test('begins with the guided match where there was nothing', () => {
    const none = createPlane(SIZE, SIZE);
    const flat = sourcePyramid({ l: none, a: none, b: none }, [none], new Uint8Array(SIZE * SIZE).fill(1), 2);
    const target: PaintTarget = {
      ...targetOf(none),
      lab: { l: none, a: none, b: none },
      positions: {
        x: planeOf(SIZE, SIZE, (x) => SIZE - x),
        y: planeOf(SIZE, SIZE, (_, y) => y),
      },
      positionWeight: createPlane(SIZE, SIZE, 1),
    };
    const nothing = new Uint8Array(SIZE * SIZE);
    const before = {
      field: new Int32Array(SIZE * SIZE),
      energies: new Float32Array(SIZE * SIZE),
      region: nothing,
    };
    const { field, matchedAgain } = repaint(kernels, target, flat[0], before, AGAIN);
    expect(matchedAgain).toBe(1);
    expect(field[20 * SIZE + 30]).toBe((20 << 16) | (SIZE - 30));
  });
});
