import { expect, test } from 'vitest';
import { cropPicture } from '../../../models/image/crop.ts';
import { shrinkPicture } from '../../../models/image/shrink.ts';
import { noisePicture, pictureOf, worst } from './planes.ts';

test('each pixel is the mean of those it stands for', () => {
  const picture = noisePicture(24, 18, 2);
  const small = shrinkPicture(picture, 8, 6);
  const expected = pictureOf(8, 6, (x, y) => {
    const sums = [0, 0, 0, 0];
    for (let v = 0; v < 3; v++)
      for (let u = 0; u < 3; u++)
        for (let c = 0; c < 4; c++) sums[c] += picture.data[((3 * y + v) * 24 + 3 * x + u) * 4 + c];
    return sums.map((sum) => sum / 9);
  });
  expect([small.width, small.height]).toEqual([8, 6]);
  expect(worst(small.data, expected.data)).toBeLessThanOrEqual(1);
});

test('at any ratio no pixel is left out, and a flat colour stays', () => {
  for (let at = 0; at < 37; at++) {
    const line = pictureOf(37, 1, (x) => (x === at ? [255, 255, 255] : [0, 0, 0]));
    expect(Math.max(...shrinkPicture(line, 10, 1).data.filter((_, i) => i % 4 === 0))).toBeGreaterThan(60);
  }
  const flat = shrinkPicture(
    pictureOf(37, 23, () => [10, 200, 90, 128]),
    10,
    7,
  );
  expect(flat).toEqual(pictureOf(10, 7, () => [10, 200, 90, 128]));
});

test('what is small already stays as it is', () => {
  const picture = noisePicture(9, 7, 4);
  expect(shrinkPicture(picture, 9, 7)).toEqual(picture);
});

test('a crop has the pixels of its rectangle', () => {
  const picture = noisePicture(20, 15, 6);
  const crop = cropPicture(picture, { x: 3, y: 4, width: 5, height: 6 });
  const expected = pictureOf(5, 6, (x, y) => {
    const i = ((y + 4) * 20 + x + 3) * 4;
    return [...picture.data.slice(i, i + 4)];
  });
  expect(crop).toEqual(expected);
});
