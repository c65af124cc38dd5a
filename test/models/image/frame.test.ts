import { describe, expect, test } from 'vitest';
import { insideFrame } from '../../../models/image/frame.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { pictureOf } from './planes.ts';

const [WIDTH, HEIGHT] = [200, 160];
const texture = (x: number, y: number) => [
  (37 * x + 11 * y) % 200,
  (53 * y + 7 * x) % 190,
  (29 * (x + y)) % 180,
];

/** A texture in a frame of so many px on each side. */
const framed = (
  [left, top, right, bottom]: readonly number[],
  colour: readonly number[],
  caption = false,
): Picture =>
  pictureOf(WIDTH, HEIGHT, (x, y) => {
    const isInside = x >= left && x < WIDTH - right && y >= top && y < HEIGHT - bottom;
    // A line of writing in the lower band.
    if (caption && y === HEIGHT - 12 && x > 60 && x < 140 && x % 3 === 0) return [20, 20, 90];
    return isInside ? texture(x, y) : [...colour];
  });

const WHOLE = { x: 0, y: 0, width: WIDTH, height: HEIGHT };

describe('a frame is found', () => {
  test.each([
    ['a mount on all sides', [20, 20, 20, 20], [250, 250, 250]],
    ['an instant picture, with more below', [12, 12, 12, 40], [245, 243, 238]],
    ['bars above and below', [0, 24, 0, 24], [0, 0, 0]],
    ['bars at the sides', [40, 0, 40, 0], [0, 0, 0]],
    ['a coloured one', [10, 10, 10, 10], [200, 30, 40]],
  ])('%s', (_, sides, colour) => {
    const inside = insideFrame(framed(sides, colour), 0.01);
    const [left, top, right, bottom] = sides;
    // Never any of the frame; of the picture a pixel or two.
    expect(inside.x).toBeGreaterThanOrEqual(left);
    expect(inside.y).toBeGreaterThanOrEqual(top);
    expect(inside.x + inside.width).toBeLessThanOrEqual(WIDTH - right);
    expect(inside.y + inside.height).toBeLessThanOrEqual(HEIGHT - bottom);
    expect(inside.width).toBeGreaterThan(WIDTH - left - right - 4);
    expect(inside.height).toBeGreaterThan(HEIGHT - top - bottom - 4);
  });

  test('with writing on it', () => {
    const { y, height } = insideFrame(framed([12, 12, 12, 40], [245, 245, 245], true), 0.01);
    expect(y + height).toBeLessThanOrEqual(HEIGHT - 40);
  });
});

describe('there is none', () => {
  test('around a texture', () => {
    expect(insideFrame(framed([0, 0, 0, 0], [0, 0, 0]), 0.01)).toEqual(WHOLE);
  });

  test('where a head stands before a plain wall', () => {
    const head = pictureOf(WIDTH, HEIGHT, (x, y) =>
      Math.hypot(x - 100, y - 80) < 50 || (y > 120 && x > 30 && x < 170) ? texture(x, y) : [240, 240, 240],
    );
    expect(insideFrame(head, 0.01)).toEqual(WHOLE);
  });

  test('where it is narrower than a frame is asked to be', () => {
    expect(insideFrame(framed([4, 4, 4, 4], [255, 255, 255]), 0.035)).toEqual(WHOLE);
  });

  test('in one colour, in a picture of a pixel, and in a cut-out', () => {
    expect(
      insideFrame(
        pictureOf(40, 30, () => [9, 9, 9]),
        0.01,
      ),
    ).toEqual({ x: 0, y: 0, width: 40, height: 30 });
    expect(
      insideFrame(
        pictureOf(1, 1, () => [9, 9, 9]),
        0.01,
      ),
    ).toEqual({ x: 0, y: 0, width: 1, height: 1 });
    const cutOut = framed([20, 20, 20, 20], [250, 250, 250]);
    cutOut.data[3] = 0;
    expect(insideFrame(cutOut, 0.01)).toEqual(WHOLE);
  });
});
