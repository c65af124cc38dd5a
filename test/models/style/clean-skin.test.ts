import { expect, test } from 'vitest';
import { cleanSkin } from '../../../models/style/clean-skin.ts';
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
  const clean = cleanSkin(everywhere, lab, mouth);
  for (let x = 0; x < WIDTH; x++) expect(clean.data[30 * WIDTH + x], `${x}`).toBe(isStrand(x) ? 0 : 1);
});

test('nothing that is surely skin: all stays', () => {
  const faint = planeOf(WIDTH, HEIGHT, () => 0.3);
  expect(cleanSkin(faint, lab, mouth)).toBe(faint);
});

test('the white of a cartoon’s eye is eye as far as it reaches, and the skin around it is not', () => {
  const [size, unit] = [240, 120];
  const landmarks = Float32Array.from(meanFace, (value, i) => [size / 2, size / 2, 0][i % 3] + value * unit);
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
