import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../models/image/picture.ts';
import { turnPicture, turnPlane, turnPoint, turnRect } from '../../../models/image/turn.ts';

/** 3×2, pixels numbered row by row. */
const numbered: Picture = {
  width: 3,
  height: 2,
  data: Uint8ClampedArray.from([1, 2, 3, 4, 5, 6].flatMap((n) => [n, 10 * n, 20 * n, 255])),
};
const numbers = ({ data }: Picture) => Array.from({ length: data.length / 4 }, (_, i) => data[4 * i]);

describe('quarter turns', () => {
  it.each([
    [0, 3, 2, [1, 2, 3, 4, 5, 6]],
    [1, 2, 3, [4, 1, 5, 2, 6, 3]],
    [2, 3, 2, [6, 5, 4, 3, 2, 1]],
    [3, 2, 3, [3, 6, 2, 5, 1, 4]],
    [-1, 2, 3, [3, 6, 2, 5, 1, 4]],
    [5, 2, 3, [4, 1, 5, 2, 6, 3]],
  ])('%i clockwise', (quarters, width, height, expected) => {
    const turned = turnPicture(numbered, quarters);
    expect([turned.width, turned.height, numbers(turned)]).toEqual([width, height, expected]);
    expect(turnPicture(turned, -quarters)).toEqual(numbered);
  });
  it('points, rectangles and planes go where the pixels go', () => {
    const plane = { width: 3, height: 2, data: Float32Array.from(numbers(numbered)) };
    for (const quarters of [0, 1, 2, 3, -1, -6]) {
      const turned = turnPicture(numbered, quarters);
      expect(Array.from(turnPlane(plane, quarters).data)).toEqual(numbers(turned));
      // The middle of the pixel 6, which is the last.
      const [x, y] = turnPoint(2.5, 1.5, quarters, numbered);
      expect(numbers(turned)[Math.floor(y) * turned.width + Math.floor(x)]).toBe(6);
      const rect = turnRect({ x: 2, y: 1, width: 1, height: 1 }, quarters, numbered);
      expect(rect).toEqual({ x: x - 0.5, y: y - 0.5, width: 1, height: 1 });
    }
  });

  it('a picture that begins anywhere in its buffer', () => {
    const shifted = new Uint8ClampedArray(new ArrayBuffer(25), 1, 24);
    shifted.set(numbered.data);
    expect(numbers(turnPicture({ ...numbered, data: shifted }, 2))).toEqual([6, 5, 4, 3, 2, 1]);
  });
});
