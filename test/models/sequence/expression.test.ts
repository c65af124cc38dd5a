import { expect, test } from 'vitest';
import { FOREHEAD_TOP, LEFT_EYE_INNER, LEFT_EYE_OUTER } from '../../../models/face/index.ts';
import { createPicture, createPlane, type Picture } from '../../../models/image/picture.ts';
import { PLACES } from '../../../models/proportions/ratios.ts';
import { hasChanged, PictureMotion } from '../../../models/sequence/picture-motion.ts';
import { meanFaceAt } from '../stylize/mean-face.ts';

const SIZE = 192;
const face = { ...meanFaceAt([SIZE / 2, SIZE / 2], 60), identity: 7 };

/** A face with a white spot of 0.3 % of the picture between two of its landmarks. */
function faceWith(spot: readonly [number, number] | null): Picture {
  const picture = createPicture(SIZE, SIZE);
  const middle = (axis: number) =>
    spot === null
      ? Number.NaN
      : (face.landmarks[3 * spot[0] + axis] + face.landmarks[3 * spot[1] + axis]) / 2;
  for (let i = 0; i < SIZE * SIZE; i++) {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    const isSpot = Math.hypot(x - middle(0), y - middle(1)) < 6;
    const value = isSpot ? 255 : 100 + 30 * Math.sin(x / 5) * Math.cos(y / 7);
    picture.data.set([value, value, value, 255], 4 * i);
  }
  return picture;
}

test.each([
  ['teeth between the lips', [PLACES.openingTop, PLACES.openingBottom], true],
  ['an eye that opens', [LEFT_EYE_OUTER, LEFT_EYE_INNER], true],
  ['a light on the forehead', [FOREHEAD_TOP, PLACES.bridge], false],
  ['nothing', null, false],
] as const)('what motion does not tell: %s', (_, spot, changed) => {
  const motion = new PictureMotion();
  motion.next(faceWith(null), [face], true, null);
  const flow = motion.next(faceWith(spot), [face], false, null);
  expect(flow && hasChanged(flow, createPlane(SIZE, SIZE, 1))).toBe(changed);
});
