import { beforeAll, expect, test } from 'vitest';
import { createSession, loadWeights } from '../../../../models/runtime/index.ts';
import { CROP_SIDE } from '../../../../models/track/network.ts';
import { uniformNumbers } from '../../../../scripts/training/random.ts';
import { LAYER_SIDE, type Layer, layerOf } from '../../../../scripts/training/tracker/layers.ts';
import { drawMotion, laplace } from '../../../../scripts/training/tracker/motion.ts';
import { numbersOf } from '../../../../scripts/training/tracker/motion-step.ts';
import { drawScene } from '../../../../scripts/training/tracker/scene.ts';
import { ASTRONAUT, readPicture } from '../../../models/face/pictures.ts';
import { viewOf } from '../../../models/track/views.ts';

let head: Layer;
beforeAll(async () => {
  const view = viewOf(await readPicture(ASTRONAUT), { x: 224, y: 118, size: 375, angle: 0 }, LAYER_SIDE);
  head = layerOf(view.data);
});

test('what a scene says has moved is what the shipped network sees', async () => {
  const session = await createSession(await loadWeights('tracker'), { device: 'cpu', threads: 1 });
  const random = uniformNumbers(1);
  const errors: number[][] = [[], [], [], []];
  for (let i = 0; i < 60; i++) {
    const { crops, motion } = drawScene({ heads: [head], backdrops: [head] }, random);
    const { motion: found } = await session.run({
      crops: { dims: [1, 6, CROP_SIDE, CROP_SIDE], data: crops },
    });
    for (const [k, value] of numbersOf(motion).entries()) errors[k].push(Math.abs(found.data[k] - value));
  }
  await session.release();
  const medians = errors.map((all) => all.sort((a, b) => a - b)[30]);
  expect(Math.max(medians[0], medians[1])).toBeLessThan(0.08);
  expect(medians[2]).toBeLessThan(0.05);
  expect(medians[3]).toBeLessThan(0.07);
});

test('crops stay in 0..1, and the same numbers draw the same scene', () => {
  const sources = { heads: [head], backdrops: [head] };
  for (let seed = 1; seed < 40; seed++) {
    const { crops } = drawScene(sources, uniformNumbers(seed));
    expect(crops.every((value) => value >= 0 && value <= 1)).toBe(true);
  }
  expect(drawScene(sources, uniformNumbers(7))).toEqual(drawScene(sources, uniformNumbers(7)));
});

test('motions are Laplace-distributed: mostly small, some large', () => {
  const random = uniformNumbers(1);
  const draws = Array.from({ length: 20_000 }, () => laplace(random(), 0.2));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(draws)).toBeCloseTo(0, 1);
  expect(mean(draws.map(Math.abs))).toBeCloseTo(0.2, 1);
  const shifts = Array.from({ length: 2000 }, () => Math.abs(drawMotion(random).x)).sort((a, b) => a - b);
  expect(shifts[1000]).toBeLessThan(0.1);
  expect(shifts[1950]).toBeGreaterThan(0.3);
  expect(shifts[1999]).toBeLessThanOrEqual(0.8);
});
