import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PositionMap } from '../../../models/synthesis/moving-least-squares.ts';
import { indexMaterial, mirrorInto, retargetPositions } from '../../../models/synthesis/retarget.ts';
import { planeOf } from '../image/planes.ts';

/** One row of target pixels with these positions. */
const positions = (points: readonly (readonly [number, number])[]): PositionMap => ({
  x: planeOf(points.length, 1, (i) => points[i][0]),
  y: planeOf(points.length, 1, (i) => points[i][1]),
});

const moveAll = (points: readonly (readonly [number, number])[], index: ReturnType<typeof indexMaterial>) =>
  retargetPositions(positions(points), new Uint8Array(points.length), [index]);

/** The left half of a 20 × 10 source. */
const leftHalf = indexMaterial(
  20,
  10,
  Uint8Array.from({ length: 200 }, (_, i) => (i % 20 < 10 ? 1 : 0)),
);

test('what lies on its material stays where it is', () => {
  const { x, y, moved } = moveAll([[3.25, 4.5]], leftHalf);
  expect([x.data[0], y.data[0], moved.data[0]]).toEqual([3.25, 4.5, 0]);
});

test('what lies d pixels outside comes from d pixels inside', () => {
  for (const d of [1, 2.25, 5]) {
    const { x, y, moved } = moveAll([[9 + d, 6]], leftHalf);
    expect(x.data[0]).toBeCloseTo(9 - d, 5);
    expect(y.data[0]).toBe(6);
    expect(moved.data[0]).toBeCloseTo(2 * d, 5);
  }
});

test('past the border of the source the picture is mirrored', () => {
  const { x, y, moved } = moveAll(
    [
      [-3, 5],
      [4, 12],
    ],
    leftHalf,
  );
  expect([x.data[0], y.data[0], moved.data[0]]).toEqual([3, 5, 6]);
  expect([x.data[1], y.data[1], moved.data[1]]).toEqual([4, 6, 6]);
});

test('every result lies in the material, wherever the position was and whatever the material’s shape', () => {
  const point = fc.tuple(
    fc.double({ min: -80, max: 90, noNaN: true }),
    fc.double({ min: -80, max: 90, noNaN: true }),
  );
  const material = fc
    .array(fc.nat({ max: 12 * 9 - 1 }), { minLength: 1, maxLength: 60 })
    .map((members) => Uint8Array.from({ length: 12 * 9 }, (_, i) => (members.includes(i) ? 1 : 0)));
  fc.assert(
    fc.property(material, fc.array(point, { minLength: 1, maxLength: 20 }), (isMember, points) => {
      const { x, y } = moveAll(points, indexMaterial(12, 9, isMember));
      points.forEach((_, i) => {
        expect(isMember[Math.round(y.data[i]) * 12 + Math.round(x.data[i])]).toBe(1);
      });
    }),
    { numRuns: 300 },
  );
});

describe('nothing to move to', () => {
  test('an empty material leaves the position inside the source', () => {
    const { x, y } = moveAll([[-4, 30]], indexMaterial(20, 10, new Uint8Array(200)));
    expect([x.data[0], y.data[0]]).toEqual([4, mirrorInto(30, 10)]);
  });

  test('a pixel without material is left alone', () => {
    const { x, y, moved } = retargetPositions(positions([[-4, 30]]), Uint8Array.of(255), [leftHalf]);
    expect([x.data[0], y.data[0], moved.data[0]]).toEqual([-4, 30, 0]);
  });
});

test('the members are all pixels of the material', () => {
  expect([...indexMaterial(3, 2, Uint8Array.of(0, 1, 1, 0, 0, 1)).members]).toEqual([1, 2, 5]);
});

test('mirroring goes back and forth', () => {
  const walk = Array.from({ length: 12 }, (_, i) => mirrorInto(i - 4, 4));
  expect(walk).toEqual([2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1]);
  expect(mirrorInto(5, 1)).toBe(0);
});
