import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sampler, type Square } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { BoxTracker } from '../../../models/track/index.ts';
import { MotionRegressor } from '../../../models/track/regressor.ts';
import { ASTRONAUT, readPicture } from '../face/pictures.ts';
import { inView, viewOf } from './views.ts';

const SIDE = 240;
const START: Square = { x: 256, y: 200, size: 400, angle: 0 };
/** The astronaut's face. */
const FACE: Square = { x: 224, y: 118, size: 125, angle: 0 };

let portrait: Picture;
let regressor: MotionRegressor;
beforeAll(async () => {
  portrait = await readPicture(ASTRONAUT);
  regressor = await MotionRegressor.load({ device: 'cpu', threads: 1 });
});
afterAll(() => regressor.release());

test.each<[string, Partial<Square>, number]>([
  ['rest', {}, 1],
  ['a shift', { x: START.x - 30, y: START.y + 18 }, 1],
  ['coming nearer', { size: START.size / 1.15 }, 1],
  ['a roll', { angle: 0.15 }, 1],
  [
    'all at once, in other light',
    { x: START.x + 20, y: START.y - 12, size: START.size * 1.08, angle: -0.08 },
    0.6,
  ],
])('the network finds %s', async (_, change, light) => {
  const view = { ...START, ...change };
  const [before, after] = [inView(FACE, START, SIDE), inView(FACE, view, SIDE)];
  const template = regressor.template(new Sampler(viewOf(portrait, START, SIDE)), before);
  const search = new Sampler(viewOf(portrait, view, SIDE, light));
  const found = await regressor.follow(template, search, before);
  expect(Math.hypot(found.x - after.x, found.y - after.y) / after.size).toBeLessThan(0.06);
  expect(Math.abs(Math.log(found.size / after.size))).toBeLessThan(0.08);
  expect(Math.abs(found.angle - after.angle)).toBeLessThan(0.06);
});

test('a box keeps its shape and stays on what it was drawn around', async () => {
  const views = Array.from({ length: 10 }, (_, k) => ({ ...START, x: START.x + 9 * k, y: START.y - 4 * k }));
  const squares = views.map((view) => inView(FACE, view, SIDE));
  const [{ x, y, size }] = squares;
  const first = { x: x - 0.4 * size, y: y - 0.5 * size, width: 0.8 * size, height: size };
  const tracker = await BoxTracker.load(viewOf(portrait, views[0], SIDE), first, {
    device: 'cpu',
    threads: 1,
  });
  for (const [k, view] of views.entries()) {
    if (k === 0) continue;
    const box = await tracker.track(viewOf(portrait, view, SIDE));
    expect(Math.abs(box.x + box.width / 2 - squares[k].x), `x in frame ${k}`).toBeLessThan(0.12 * size);
    expect(Math.abs(box.y + box.height / 2 - squares[k].y), `y in frame ${k}`).toBeLessThan(0.12 * size);
    expect(box.width / box.height).toBeCloseTo(0.8, 5);
  }
  await tracker.release();
});
