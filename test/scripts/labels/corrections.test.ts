import { describe, expect, test } from 'vitest';
import { createPicture, type Picture } from '../../../models/image/picture.ts';
import { classNumber } from '../../../scripts/labels/classes.ts';
import { corrections, correctLabels } from '../../../scripts/labels/corrections.ts';
import type { LabelMap } from '../../../scripts/labels/label-map.ts';

const SIDE = 64;
const [HAIR, SKIN, CLOTHES, GLASSES] = (['hair', 'faceSkin', 'clothes', 'glasses'] as const).map(classNumber);

/** Dark at the left of x, light at its right. */
function edgeAt(x: number): Picture {
  const picture = createPicture(SIDE, SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const grey = i % SIDE < x ? 40 : 200;
    picture.data.set([grey, grey, grey, 255], 4 * i);
  }
  return picture;
}

const allOf = (label: number): LabelMap => ({
  width: SIDE,
  height: SIDE,
  data: new Uint8Array(SIDE * SIDE).fill(label),
});
const at = ({ data }: LabelMap, x: number, y: number) => data[y * SIDE + x];

const rightOf = (x: number) =>
  [
    [x, -9],
    [99, -9],
    [99, 99],
    [x, 99],
  ] as [number, number][];

describe('corrections of labels', () => {
  test("a polygon's border moves to the picture's edge, but no further than it may", () => {
    const start = allOf(HAIR);
    const near = correctLabels(start, edgeAt(30), [{ class: 'faceSkin', polygon: rightOf(33) }]);
    expect([28, 29, 30, 31].map((x) => at(near, x, 32))).toEqual([HAIR, HAIR, SKIN, SKIN]);
    const far = correctLabels(start, edgeAt(20), [{ class: 'faceSkin', polygon: rightOf(33) }]);
    expect([24, 38].map((x) => at(far, x, 32))).toEqual([HAIR, SKIN]);
    const exact = correctLabels(start, edgeAt(30), [{ class: 'faceSkin', polygon: rightOf(33), snap: 0 }]);
    expect([32, 33].map((x) => at(exact, x, 32))).toEqual([HAIR, SKIN]);
  });

  test('later edits lie over earlier ones, and `over` spares other classes', () => {
    const labels = correctLabels(allOf(HAIR), edgeAt(32), [
      { class: 'faceSkin', polygon: rightOf(32) },
      { class: 'clothes', over: ['faceSkin'], polygon: rightOf(0), snap: 0 },
      { class: 'glasses', ellipse: [32, 32, 10, 10], thickness: 4 },
    ]);
    expect([at(labels, 8, 8), at(labels, 56, 8)]).toEqual([HAIR, CLOTHES]);
    expect([at(labels, 42, 32), at(labels, 22, 32)]).toEqual([GLASSES, GLASSES]);
    expect(at(labels, 36, 32)).toBe(CLOTHES);
  });

  test('specks go, thin glasses stay', () => {
    const start = allOf(SKIN);
    start.data.fill(HAIR, 10 * SIDE + 10, 10 * SIDE + 14);
    const line: [number, number][] = [
      [5, 40],
      [15, 40],
    ];
    const labels = correctLabels(start, edgeAt(99), [{ class: 'glasses', line, thickness: 1 }]);
    expect(at(labels, 12, 10)).toBe(SKIN);
    expect(at(labels, 10, 40)).toBe(GLASSES);
  });

  test('an edit without a shape, or of no known class, is refused', () => {
    const one = (edit: object) =>
      corrections.safeParse({ picture: 'a.jpg', size: [512, 512], edits: [edit] });
    expect(
      one({
        class: 'hair',
        line: [
          [1, 2],
          [3, 4],
        ],
      }).success,
    ).toBe(true);
    expect(one({ class: 'hair' }).success).toBe(false);
    expect(
      one({
        class: 'beard',
        line: [
          [1, 2],
          [3, 4],
        ],
      }).success,
    ).toBe(false);
  });
});
