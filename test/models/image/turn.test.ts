import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../models/image/picture.ts';
import { turnPicture } from '../../../models/image/turn.ts';

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
});
