import { describe, expect, test } from 'vitest';
import { LIPS_OUTER } from '../../../models/face/index.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { regionsOf, textureRegions } from '../../../models/stylize/regions.ts';
import { planeOf } from '../image/planes.ts';
import { meanFaceAt } from './mean-face.ts';

const SIZE = 160;
const face = meanFaceAt([80, 75], 50);
const none = createPlane(SIZE, SIZE);
const below = (y: number) => planeOf(SIZE, SIZE, (_, row) => (row > y ? 1 : 0));
const mouth = [0, 1].map((c) =>
  Math.round(LIPS_OUTER.reduce((sum, k) => sum + face.landmarks[3 * k + c], 0) / LIPS_OUTER.length),
);
const at = ({ data }: Plane, [x, y]: readonly number[]) => data[y * SIZE + x];
const chin = [mouth[0], mouth[1] + 16];
const brow = [80, 45];

/** A person of skin down to the shoulders, without hair. */
const segments = {
  background: planeOf(SIZE, SIZE, (x) => (x < 12 ? 1 : 0)),
  skin: planeOf(SIZE, SIZE, (x, y) => (x >= 12 && y <= 140 ? 1 : 0)),
  hair: none,
  clothes: planeOf(SIZE, SIZE, (x, y) => (x >= 12 && y > 140 ? 1 : 0)),
  facialHair: none,
};

describe('regions', () => {
  test('of a bare face: skin, with features at eyes and mouth and nowhere else', () => {
    const { skin, hair, features, face: inside, parts } = regionsOf(segments, face);
    expect([at(skin, chin), at(hair, chin)]).toEqual([1, 0]);
    expect(at(features, mouth)).toBeGreaterThan(0.9);
    expect(at(features, [20, 20])).toBe(0);
    expect(at(parts, mouth)).toBeLessThan(-0.5);
    expect([at(inside, mouth), at(inside, [80, 150])]).toEqual([1, 0]);
  });

  test('a beard is hair, no skin, and hides the features under it', () => {
    const bearded = regionsOf({ ...segments, facialHair: below(mouth[1] - 12) }, face);
    const bare = regionsOf(segments, face);
    const share = at(bearded.facialHair, chin);
    expect(share).toBeGreaterThan(0.5);
    expect(at(bearded.hair, chin)).toBeCloseTo(share, 5);
    expect(at(bearded.skin, chin)).toBeCloseTo(1 - share, 5);
    expect(at(bearded.features, mouth)).toBeLessThan(
      at(bare.features, mouth) * (1.01 - at(bearded.facialHair, mouth)),
    );
    expect(at(bearded.skin, brow)).toBe(1);
  });

  test('a mask is cloth without features, what it leaves free is as it was', () => {
    const plane = below(mouth[1] - 12);
    const masked = regionsOf(segments, face, { mouth: true, eyes: [false, false], plane });
    const bare = regionsOf(segments, face);
    expect([at(masked.clothes, chin), at(masked.skin, chin)]).toEqual([1, 0]);
    expect([at(masked.features, mouth), Math.abs(at(masked.parts, mouth))]).toEqual([0, 0]);
    for (const name of ['skin', 'clothes', 'features', 'parts'] as const)
      expect(at(masked[name], brow)).toBe(at(bare[name], brow));
    // The ground behind a mask stays ground.
    expect([at(masked.clothes, [5, 130]), at(masked.background, [5, 130])]).toEqual([0, 1]);
  });

  test('of a texture: all of it may paint a face, and none of it is a feature', () => {
    const { face: inside, features, parts, facialHair } = textureRegions(segments);
    expect(Math.min(...inside.data)).toBe(1);
    for (const { data } of [features, parts, facialHair]) expect(Math.max(...data)).toBe(0);
  });
});
