import { beforeAll, describe, expect, test } from 'vitest';
import type { LabPlanes } from '../../../models/image/colour.ts';
import { cropPlane } from '../../../models/image/crop.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import type { Kernels } from '../../../models/synthesis/kernels/kernels.ts';
import { referenceKernels } from '../../../models/synthesis/kernels/reference.ts';
import { loadKernels } from '../../../models/synthesis/kernels/wasm.ts';
import {
  type Painted,
  type PaintOptions,
  type PaintTarget,
  paint,
} from '../../../models/synthesis/painter.ts';
import { sourcePyramid } from '../../../models/synthesis/pyramid.ts';
import { noise, planeOf, worst } from '../image/planes.ts';

let kernels: Kernels;
beforeAll(async () => {
  kernels = await loadKernels();
});

const OPTIONS: PaintOptions = {
  weights: { style: 1, positionCap: 150, uniformity: 0, uniformityCap: 40 },
  iterations: [3, 2, 2],
  sweeps: 2,
  searchRadius: 12,
  seed: 1,
  corrections: 0,
  correct: (lab) => lab,
  voteEnergy: 60,
};
const LEVELS = OPTIONS.iterations.length;

/** Darker below, with dabs of paint that are everywhere different. */
const SIZE = 64;
const dabs = noise(SIZE / 4, SIZE / 4, 2, 40);
const source: LabPlanes = {
  l: planeOf(SIZE, SIZE, (x, y) => 70 - y / 2 + dabs.data[(y >> 2) * (SIZE / 4) + (x >> 2)] / 2),
  a: planeOf(SIZE, SIZE, (x, y) => dabs.data[(y >> 2) * (SIZE / 4) + (x >> 2)] - 20),
  b: planeOf(SIZE, SIZE, (x) => x / 4),
};
const pyramid = sourcePyramid(source, [source.l], new Uint8Array(SIZE * SIZE).fill(1), LEVELS);

/** @param inside where it is painted; elsewhere a mid-grey stands */
const targetOf = (guide: Plane, inside: (x: number, y: number) => boolean): PaintTarget => {
  const { width, height } = guide;
  const plane = (fill = 0) => createPlane(width, height, fill);
  return {
    lab: { l: plane(50), a: plane(), b: plane() },
    guides: [guide],
    positions: { x: plane(SIZE / 2), y: plane(SIZE / 2) },
    positionWeight: plane(),
    region: Uint8Array.from(guide.data, (_, i) => (inside(i % width, Math.floor(i / width)) ? 1 : 0)),
    anchor: [width / 2, height / 2],
  };
};
const everywhere = () => true;
const run = (target: PaintTarget, changes: Partial<PaintOptions> = {}, by = kernels): Painted =>
  paint(by, target, pyramid, { ...OPTIONS, ...changes });

const CHANNELS = ['l', 'a', 'b'] as const;
/** Without the rim, where no patch lies wholly inside. */
const inner = (plane: Plane) => cropPlane(plane, { x: 4, y: 4, width: SIZE - 8, height: SIZE - 8 });
const share = (a: Plane, b: Plane, within: number) =>
  a.data.filter((value, i) => Math.abs(value - b.data[i]) <= within).length / a.data.length;

test('a picture painted from itself is that picture, though no place is told', () => {
  const { lab } = run(targetOf(source.l, everywhere));
  for (const channel of CHANNELS) {
    expect(share(inner(lab[channel]), inner(source[channel]), 1 / 8), channel).toBeGreaterThan(0.9);
  }
});

test('a picture that is told mirrored is painted mirrored, of pieces that are not', () => {
  const mirrored = planeOf(SIZE, SIZE, (x, y) => source.l.data[y * SIZE + SIZE - 1 - x]);
  const { lab } = run(targetOf(mirrored, everywhere));
  const error = (to: Plane) =>
    lab.l.data.reduce((sum, value, i) => sum + Math.abs(value - to.data[i]), 0) / to.data.length;
  expect(error(mirrored)).toBeLessThan(0.6 * error(source.l));
});

test('is the same every time, and from the kernels in plain TypeScript', () => {
  const [width, height] = [24, 16];
  const target = targetOf(cropPlane(source.l, { x: 12, y: 20, width, height }), (x) => x > 2);
  const [once, again, plain] = [kernels, kernels, referenceKernels()].map((by) => run(target, {}, by));
  expect(again).toEqual(once);
  expect(plain).toEqual(once);
  expect(run(target, { seed: 2 }).field).not.toEqual(once.field);
});

test('moved by 8 px with its anchor it is the same painting, moved', () => {
  const [width, height, by] = [56, 72, 8];
  const place = { left: 12, top: 12, right: 40, bottom: 56 };
  const shifted = (dx: number, dy: number) => {
    const guide = planeOf(
      width,
      height,
      (x, y) => 40 + 20 * Math.sin((x - dx) / 5) + 15 * Math.cos((y - dy) / 7),
    );
    const target = targetOf(guide, (x, y) => {
      const [u, v] = [x - dx, y - dy];
      return u >= place.left && u < place.right && v >= place.top && v < place.bottom;
    });
    return run({ ...target, anchor: [24 + dx, 32 + dy] });
  };
  const [still, moved] = [shifted(0, 0), shifted(by, by)];
  const part = { x: place.left, y: place.top, width: 28, height: 44 };
  for (const channel of CHANNELS) {
    const expected = cropPlane(still.lab[channel], part);
    const actual = cropPlane(moved.lab[channel], { ...part, x: part.x + by, y: part.y + by });
    expect(worst(actual.data, expected.data), channel).toBe(0);
    expect(new Set(expected.data).size).toBeGreaterThan(100);
  }
});

test('outside of the region what stands there stays', () => {
  const { l } = run(targetOf(source.l, (x) => x >= 20)).lab;
  const beside = l.data.filter((_, i) => i % SIZE < 20);
  expect(beside.every((value) => value === 50)).toBe(true);
  expect(
    share(cropPlane(l, { x: 20, y: 0, width: 44, height: 64 }), createPlane(44, 64, 50), 0.5),
  ).toBeLessThan(0.2);
});

test('a place that is told and weighs wins over other places that look alike', () => {
  const flat = createPlane(SIZE, SIZE, 50);
  const plain = sourcePyramid(
    { l: flat, a: createPlane(SIZE, SIZE), b: createPlane(SIZE, SIZE) },
    [flat],
    new Uint8Array(SIZE * SIZE).fill(1),
    LEVELS,
  );
  const target = {
    ...targetOf(flat, everywhere),
    positionWeight: createPlane(SIZE, SIZE, 1),
    positions: { x: createPlane(SIZE, SIZE, 20), y: createPlane(SIZE, SIZE, 41) },
  };
  const { field } = paint(kernels, target, plain, OPTIONS);
  const near = field.filter((match) => Math.hypot((match & 0xffff) - 20, (match >>> 16) - 41) < 3);
  expect(near.length).toBeGreaterThan(0.98 * field.length);
});

describe('corrections', () => {
  const target = targetOf(createPlane(SIZE, SIZE, 45), everywhere);
  const lighter = (lab: LabPlanes): LabPlanes => ({
    ...lab,
    l: { ...lab.l, data: lab.l.data.map((value) => value + 12) },
  });
  const mean = ({ data }: Plane) => data.reduce((sum, value) => sum + value, 0) / data.length;

  test('are asked for as often as said, at the full size', () => {
    const seen: (readonly number[])[] = [];
    const correct = (lab: LabPlanes) => {
      seen.push([lab.l.width, lab.l.height]);
      return lab;
    };
    run(target, { corrections: 3, correct });
    expect(seen).toEqual(Array(3).fill([SIZE, SIZE]));
  });

  test('change which patches are taken, and never the patches', () => {
    const plain = run(target);
    const corrected = run(target, { corrections: 3, correct: lighter });
    expect(mean(corrected.lab.l)).toBeGreaterThan(mean(plain.lab.l) + 1);
    const lightest = source.l.data.reduce((most, value) => Math.max(most, value));
    expect(corrected.lab.l.data.every((value) => value <= lightest + 1 / 16)).toBe(true);
  });
});

test('no level, no painting', () => {
  expect(() => run(targetOf(source.l, everywhere), { iterations: [] })).toThrow(RangeError);
});
