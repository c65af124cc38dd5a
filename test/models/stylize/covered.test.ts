/** Masks, lenses and patches on a drawn face: skin with lips, eyes and brows at the places of the mean face. */
import { describe, expect, test } from 'vitest';
import { LEFT_EYE, LIPS_OUTER, RIGHT_EYE } from '../../../models/face/index.ts';
import { labPlanes } from '../../../models/image/colour.ts';
import { createPlane } from '../../../models/image/picture.ts';
import { findCovered, warningsOf } from '../../../models/stylize/covered.ts';
import { regionsOf } from '../../../models/stylize/regions.ts';
import { pictureOf, planeOf } from '../image/planes.ts';
import { meanFaceAt } from './mean-face.ts';

const SIZE = 240;
const face = meanFaceAt([120, 115], 80);
const point = (k: number) => [face.landmarks[3 * k], face.landmarks[3 * k + 1]] as const;
const middleOf = (points: readonly number[]) =>
  [0, 1].map((c) => points.reduce((sum, k) => sum + point(k)[c], 0) / points.length) as [number, number];
const [left, right, mouth] = [LEFT_EYE, RIGHT_EYE, LIPS_OUTER].map(middleOf);
const near = (x: number, y: number, [cx, cy]: readonly [number, number], rx: number, ry = rx) =>
  ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;

type Paint = (x: number, y: number, skin: readonly number[]) => readonly number[] | null;

/** @param paint what stands over the bare face, null for nothing */
const faceWith = (paint: Paint, skin: readonly number[] = [205, 160, 135]) =>
  labPlanes(
    pictureOf(SIZE, SIZE, (x, y) => {
      const over = paint(x, y, skin);
      if (over) return [...over];
      if (near(x, y, mouth, 20, 8)) return [170, 80, 80];
      if (near(x, y, left, 4) || near(x, y, right, 4)) return [40, 30, 30];
      return [...skin];
    }),
  );
const coveredIn = (paint: Paint, skin?: readonly number[]) => {
  const { mouth, eyes } = findCovered(faceWith(paint, skin), face);
  return { mouth, eyes };
};

const mask =
  (colour: readonly number[]): Paint =>
  (x, y) =>
    y > mouth[1] - 22 && near(x, y, [mouth[0], mouth[1]], 62, 50) ? colour : null;
const glasses: Paint = (x, y) =>
  near(x, y, left, 26, 20) || near(x, y, right, 26, 20) ? [22, 22, 28] : null;
const patch: Paint = (x, y) => (near(x, y, right, 26, 22) ? [15, 15, 15] : null);

const NONE = { mouth: false, eyes: [false, false] };

describe('covered', () => {
  test.each([
    ['a surgical mask', mask([150, 190, 220])],
    ['a white mask', mask([245, 245, 245])],
    ['a black mask', mask([20, 20, 22])],
  ])('%s hides the mouth', (_, paint) => {
    expect(coveredIn(paint)).toEqual({ mouth: true, eyes: [false, false] });
  });

  test('sunglasses hide the eyes, a patch one of them', () => {
    expect(coveredIn(glasses)).toEqual({ mouth: false, eyes: [true, true] });
    expect(coveredIn(patch)).toEqual({ mouth: false, eyes: [false, true] });
  });

  test('on dark skin, too', () => {
    const dark = [92, 62, 48];
    expect(coveredIn(mask([150, 190, 220]), dark).mouth).toBe(true);
    expect(coveredIn(patch, dark).eyes).toEqual([false, true]);
    expect(coveredIn(() => null, dark)).toEqual(NONE);
  });
});

describe('not covered', () => {
  test.each<[string, Paint]>([
    ['rouge and lips of one colour', (_, y) => (y > mouth[1] - 24 ? [150, 70, 75] : null)],
    ['a photograph in grey', (x, y) => (glasses(x, y, []) ? [22, 22, 22] : [140, 140, 140])],
    ['dark make-up', (x, y) => (glasses(x, y, []) ? [78, 42, 30] : null)],
    ['a bare face', () => null],
    [
      'a black beard with lips in it',
      (x, y) => (y > mouth[1] - 14 && !near(x, y, mouth, 20, 8) ? [35, 28, 25] : null),
    ],
    [
      'a face of which one half lies in the dark',
      (x, _, skin) => (x < 120 ? skin.map((v) => v * 0.25) : null),
    ],
    [
      'glasses with thin frames',
      (x, y) =>
        [left, right].some((eye) => near(x, y, eye, 26, 20) && !near(x, y, eye, 23, 17))
          ? [20, 20, 20]
          : null,
    ],
  ])('%s', (_, paint) => {
    expect(coveredIn(paint)).toEqual(NONE);
  });

  test('a face too small to say', () => {
    expect(findCovered(faceWith(glasses), { ...face, interocular: 20 }).plane).toBeNull();
  });
});

test('what covers is cloth, without lips and eyes', () => {
  const lab = faceWith((x, y, skin) => mask([150, 190, 220])(x, y, skin) ?? glasses(x, y, skin));
  const person = planeOf(SIZE, SIZE, () => 1);
  const nothing = createPlane(SIZE, SIZE);
  const segments = {
    background: nothing,
    skin: person,
    hair: nothing,
    clothes: nothing,
    facialHair: nothing,
  };
  const { skin, clothes, parts, features } = regionsOf(segments, face, findCovered(lab, face));
  const at = ([x, y]: readonly [number, number]) => Math.round(y) * SIZE + Math.round(x);
  for (const i of [left, right, mouth].map((place) => at(place as [number, number]))) {
    expect([skin, clothes, parts, features].map(({ data }) => Math.abs(data[i]))).toEqual([0, 1, 0, 0]);
  }
  expect(skin.data[at(point(151))]).toBe(1);
});

test('a user is told', () => {
  expect(warningsOf({ mouth: false, eyes: [false, false] })).toEqual([]);
  expect(warningsOf({ mouth: true, eyes: [true, false] })).toEqual([
    expect.stringMatching(/mouth is covered/),
    expect.stringMatching(/^One eye is covered/),
  ]);
  expect(warningsOf({ mouth: false, eyes: [true, true] })).toEqual([expect.stringMatching(/^The eyes are/)]);
});
