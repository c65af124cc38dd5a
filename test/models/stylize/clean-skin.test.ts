import { describe, expect, test } from 'vitest';
import { labPlanes } from '../../../models/image/colour.ts';
import { createPlane } from '../../../models/image/picture.ts';
import { cleanSkin } from '../../../models/stylize/clean-skin.ts';
import { pictureOf, planeOf } from '../image/planes.ts';

const SIZE = 80;
/** px */
const EYES = 40;
const SKIN = [205, 160, 135];
const none = createPlane(SIZE, SIZE);

/** Skin but for the left fifth, with a little grain, and something over it. */
const lab = (over: (x: number, y: number) => readonly number[] | null) =>
  labPlanes(
    pictureOf(SIZE, SIZE, (x, y) => [
      ...(over(x, y) ?? SKIN.map((value) => value + ((x * 7 + y * 5) % 5) - 2)),
    ]),
  );
const skin = planeOf(SIZE, SIZE, (x) => (x < SIZE / 5 ? 0 : 1));
const at = ({ data }: { data: Float32Array }, x: number, y: number) => data[y * SIZE + x];

const strand = (x: number, y: number) => (Math.abs(y - 40) < 2 && x > 20 ? [50, 35, 30] : null);
const jewel = (x: number, y: number) => (Math.hypot(x - 50, y - 20) < 3 ? [40, 90, 200] : null);

describe('the skin of a reference', () => {
  test('is skin where nothing lies over it, and is none where a strand or a jewel does', () => {
    const clean = cleanSkin(
      skin,
      lab((x, y) => strand(x, y) ?? jewel(x, y)),
      none,
      EYES,
    );
    for (const [x, y] of [
      [40, 40],
      [70, 40],
      [50, 20],
    ])
      expect(at(clean, x, y), `${x}, ${y}`).toBeLessThan(0.05);
    for (const [x, y] of [
      [40, 60],
      [70, 10],
      [30, 30],
    ])
      expect(at(clean, x, y), `${x}, ${y}`).toBeGreaterThan(0.95);
    expect(at(clean, 5, 40)).toBe(0);
  });

  test('keeps its features, whatever their colours', () => {
    const features = planeOf(SIZE, SIZE, (x, y) => (Math.hypot(x - 50, y - 20) < 6 ? 1 : 0));
    expect(at(cleanSkin(skin, lab(jewel), features, EYES), 50, 20)).toBe(1);
  });

  test('that is hatched all over is left as it is', () => {
    const hatched = lab((x, y) => ((x + y) % 4 < 2 ? [120, 90, 80] : [230, 200, 180]));
    const { data } = cleanSkin(skin, hatched, none, EYES);
    expect(Math.min(...data.filter((_, i) => skin.data[i] === 1))).toBeGreaterThan(0.95);
  });

  test('of which hardly any is sure is not judged', () => {
    const faint = planeOf(SIZE, SIZE, () => 0.5);
    expect(cleanSkin(faint, lab(strand), none, EYES)).toBe(faint);
  });
});
