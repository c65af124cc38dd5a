import { expect, test } from 'vitest';
import type { Face, FaceNetworks } from '../../../models/face/index.ts';
import { createPicture, createPlane } from '../../../models/image/picture.ts';
import { matteWithin, movedFace } from '../../../models/stylize/matte-within.ts';
import { meanFaceAt } from './mean-face.ts';

const picture = createPicture(40, 30);
const face = meanFaceAt([20, 16], 8) as Face;
/** A network to which all of what it is shown is the person. @param seen gets what that was */
const seeing = (seen: [number, number, Face][]) =>
  ({
    matte: async ({ width, height }, shown) => {
      seen.push([width, height, shown!]);
      return createPlane(width, height, 1);
    },
  }) as Pick<FaceNetworks, 'matte'> as FaceNetworks;
const rectOf = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

test('a person in a part of the picture is looked for there, and is nowhere else', async () => {
  const seen: [number, number, Face][] = [];
  const rect = rectOf(10, 4, 20, 25);
  const { width, height, data } = await matteWithin(picture, face, { rect, others: [] }, seeing(seen));
  expect([width, height]).toEqual([40, 30]);
  data.forEach((value, i) => {
    const [x, y] = [i % 40, Math.floor(i / 40)];
    expect(value, `${x}, ${y}`).toBe(x >= 10 && x < 30 && y >= 4 && y < 29 ? 1 : 0);
  });
  const [[shownWidth, shownHeight, shown]] = seen;
  expect([shownWidth, shownHeight]).toEqual([20, 25]);
  expect([shown.landmarks[0], shown.landmarks[1], shown.landmarks[2]]).toEqual([
    face.landmarks[0] - 10,
    face.landmarks[1] - 4,
    face.landmarks[2],
  ]);
});

test('what shows others is not the person’s', async () => {
  const part = { rect: rectOf(0, 0, 40, 30), others: [rectOf(30, 20, 10, 10)] };
  const { data } = await matteWithin(picture, face, part, seeing([]));
  expect([data[19 * 40 + 30], data[20 * 40 + 29], data[20 * 40 + 30], data[29 * 40 + 39]]).toEqual([
    1, 1, 0, 0,
  ]);
});

test('a face seen in a part has its box there, too', () => {
  const { box } = movedFace({ ...face, box: rectOf(12, 9, 16, 14) }, rectOf(10, 4, 20, 25));
  expect(box).toEqual(rectOf(2, 5, 16, 14));
});
