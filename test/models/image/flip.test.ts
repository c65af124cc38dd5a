import { expect, test } from 'vitest';
import { flipPicture, flipPlane } from '../../../models/image/flip.ts';
import { pictureOf, planeOf } from './planes.ts';

test('left and right are exchanged, row by row', () => {
  const plane = flipPlane(planeOf(5, 3, (x, y) => 10 * y + x));
  expect([...plane.data]).toEqual([4, 3, 2, 1, 0, 14, 13, 12, 11, 10, 24, 23, 22, 21, 20]);
  const picture = flipPicture(pictureOf(5, 3, (x, y) => [x, y, 7, 100 + x]));
  for (let y = 0, i = 0; y < 3; y++) {
    for (let x = 0; x < 5; x++, i += 4) {
      expect([...picture.data.subarray(i, i + 4)]).toEqual([4 - x, y, 7, 104 - x]);
    }
  }
});

test('twice is not at all', () => {
  const picture = pictureOf(7, 4, (x, y) => [x * 30, y * 50, x * y, 255]);
  expect(flipPicture(flipPicture(picture))).toEqual(picture);
});
