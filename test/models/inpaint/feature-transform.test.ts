import fc from 'fast-check';
import { expect, test } from 'vitest';
import { featureTransform } from '../../../models/inpaint/feature-transform.ts';

test('the nearest member of every pixel, as a search through all of them finds it', () => {
  const shape = fc
    .tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 14 }))
    .chain(([width, height]) =>
      fc.tuple(
        fc.constant(width),
        fc.array(fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.boolean()), {
          minLength: width * height,
          maxLength: width * height,
        }),
      ),
    );
  fc.assert(
    fc.property(shape, ([width, members]) => {
      const height = members.length / width;
      const { nearest } = featureTransform(width, height, (i) => members[i]);
      const squared = (i: number, k: number) =>
        ((i % width) - (k % width)) ** 2 + (Math.floor(i / width) - Math.floor(k / width)) ** 2;
      const indices = [...members.keys()].filter((k) => members[k]);
      members.forEach((_, i) => {
        if (indices.length === 0) {
          expect(nearest[i]).toBe(-1);
        } else {
          expect(members[nearest[i]]).toBe(true);
          expect(squared(i, nearest[i])).toBe(Math.min(...indices.map((k) => squared(i, k))));
        }
      });
    }),
    { numRuns: 300 },
  );
});

test('a member is its own nearest', () => {
  const { nearest } = featureTransform(7, 5, (i) => i % 3 === 0);
  for (let i = 0; i < 35; i += 3) expect(nearest[i]).toBe(i);
});
