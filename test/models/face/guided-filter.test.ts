import { expect, test } from 'vitest';
import { applyLinearModels, fitLinearModels } from '../../../models/face/guided-filter.ts';
import { createPicture } from '../../../models/image/picture.ts';

const GRID = 32;

/** A picture eight times the grid, red on the left of column `edge` (in pixels) and blue on the right. */
function twoColours(edge: number) {
  const picture = createPicture(8 * GRID, 8 * GRID);
  for (let i = 0; i < picture.data.length; i += 4) {
    const isLeft = (i / 4) % picture.width < edge;
    picture.data.set(isLeft ? [200, 40, 40, 255] : [30, 60, 180, 255], i);
  }
  return picture;
}

test("a coarse edge that is off by a sample moves to the picture's edge", () => {
  const picture = twoColours(128);
  const guide = new Float32Array(3 * GRID * GRID);
  for (let i = 0; i < guide.length; i++) {
    const [channel, column] = [Math.floor(i / GRID ** 2), i % GRID];
    guide[i] = picture.data[4 * (8 * column + 4) + channel] / 255;
  }
  const matte = Float32Array.from({ length: GRID * GRID }, (_, i) => (i % GRID < 17 ? 1 : 0));
  const [models] = fitLinearModels({ dims: [1, 3, GRID, GRID], data: guide }, [matte], 4, 1e-4);
  const rect = { x: 0, y: 0, width: picture.width, height: picture.height };
  const { data } = applyLinearModels(picture, rect, models);
  expect(data[100 * 256 + 126]).toBeGreaterThan(0.95);
  expect(data[100 * 256 + 129]).toBeLessThan(0.4);
  expect(data[100 * 256 + 126] - data[100 * 256 + 129]).toBeGreaterThan(0.6);
});

test('a matte of ones stays one, whatever the colours', () => {
  const picture = twoColours(70);
  const guide = Float32Array.from({ length: 3 * GRID * GRID }, (_, i) => ((i * 7919) % 101) / 100);
  const [models] = fitLinearModels(
    { dims: [1, 3, GRID, GRID], data: guide },
    [new Float32Array(GRID ** 2).fill(1)],
    3,
    1e-4,
  );
  const { data } = applyLinearModels(picture, { x: 10, y: 20, width: 50, height: 40 }, models);
  expect(data).toHaveLength(2000);
  expect(Math.min(...data)).toBeCloseTo(1, 4);
  expect(Math.max(...data)).toBeCloseTo(1, 4);
});
