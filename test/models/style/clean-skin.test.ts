import { expect, test } from 'vitest';
import { cleanByColour, cleanByTexture, cleanSkin } from '../../../models/style/clean-skin.ts';
import { growEyes, partsPlane } from '../../../models/style/features.ts';
import meanFace from '../../../models/weights/mean-face.json' with { type: 'json' };
import { planeOf } from '../image/planes.ts';

const [WIDTH, HEIGHT] = [100, 60];
const everywhere = planeOf(WIDTH, HEIGHT, () => 1);
/** Skin of some variety, a strand of red hair and a mouth of the same red. */
const isStrand = (x: number) => x >= 20 && x < 24;
const isMouth = (x: number) => x >= 70 && x < 80;
const lab = {
  l: planeOf(WIDTH, HEIGHT, (x) => 40 + x / 2),
  a: planeOf(WIDTH, HEIGHT, (x, y) => (isStrand(x) || isMouth(x) ? 60 : 15 + ((x * 7 + y * 3) % 5))),
  b: planeOf(WIDTH, HEIGHT, (x, y) => 20 + ((x + y * 5) % 7)),
};
const mouth = planeOf(WIDTH, HEIGHT, (x) => (isMouth(x) ? 1 : 0));

test('a strand of hair is taken out of the skin; light, shade and features stay', () => {
  const clean = cleanByColour(everywhere, lab, mouth);
  for (let x = 0; x < WIDTH; x++) expect(clean.data[30 * WIDTH + x], `${x}`).toBe(isStrand(x) ? 0 : 1);
});

const [SIZE, UNIT] = [240, 120];
const landmarks = Float32Array.from(meanFace, (value, i) => [SIZE / 2, SIZE / 2, 0][i % 3] + value * UNIT);

test('a beard is taken out of the skin by its texture; a wrinkle, soft shade and features stay', () => {
  const isBeard = (y: number) => y > 190;
  const isWrinkle = (y: number) => y === 60;
  const hairs = (x: number, y: number) => (isBeard(y) ? 12 * ((x + y) % 4 < 2 ? 1 : -1) : 0);
  const flat = planeOf(SIZE, SIZE, () => 0);
  const l = planeOf(
    SIZE,
    SIZE,
    (x, y) => 60 + x / 8 + ((x * 7 + y * 5) % 3) + hairs(x, y) - (isWrinkle(y) ? 20 : 0),
  );
  const lips = planeOf(SIZE, SIZE, (x) => (x < 20 ? 1 : 0));
  const all = planeOf(SIZE, SIZE, () => 1);
  const clean = cleanByTexture(all, { l, a: flat, b: flat }, lips, landmarks, UNIT);
  for (const y of [10, 60, 120, 170]) expect(clean.data[y * SIZE + 120], `${y}`).toBe(1);
  for (const y of [200, 220, 239]) expect(clean.data[y * SIZE + 120], `${y}`).toBe(0);
  expect(clean.data[220 * SIZE + 10]).toBe(1);
  const cleanOf = (a: number) => cleanSkin(all, { a, b: a }, { l, a: flat, b: flat }, lips, landmarks, UNIT);
  expect(cleanOf(4).data).toEqual(clean.data);
  expect(cleanOf(0), 'hatching').toBe(all);
});

test('nothing that is surely skin: all stays', () => {
  const faint = planeOf(WIDTH, HEIGHT, () => 0.3);
  expect(cleanByColour(faint, lab, mouth)).toBe(faint);
});

test('the white of a cartoon’s eye is eye as far as it reaches, and the skin around it is not', () => {
  const [size, unit] = [SIZE, UNIT];
  const parts = partsPlane(size, size, landmarks);
  const centre = [0, 1].map((c) => (landmarks[33 * 3 + c] + landmarks[133 * 3 + c]) / 2);
  const isWhite = (x: number, y: number) => Math.hypot(x - centre[0], y - centre[1]) < 0.22 * unit;
  const picture = {
    l: planeOf(size, size, (x, y) => (isWhite(x, y) ? 90 : 60)),
    a: planeOf(size, size, (x, y) => (isWhite(x, y) ? 0 : 20)),
    b: planeOf(size, size, (x, y) => (isWhite(x, y) ? 0 : 25)),
  };
  const before = parts.data.slice();
  growEyes(parts, picture, landmarks, unit, { l: 60, a: 20, b: 25 });
  for (let y = 0, i = 0; y < size; y++) {
    for (let x = 0; x < size; x++, i++) {
      if (before[i] !== 0) expect(parts.data[i]).toBe(before[i]);
      else expect(parts.data[i], `${x}, ${y}`).toBe(isWhite(x, y) ? 1 : 0);
    }
  }
  expect(parts.data.reduce((sum, value) => sum + (value === 1 ? 1 : 0), 0)).toBeGreaterThan(
    1.3 * before.reduce((sum, value) => sum + (value === 1 ? 1 : 0), 0),
  );
});
