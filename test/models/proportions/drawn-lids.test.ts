/** Lids on drawn eyes: ellipses on the mean face, made as long as no person's is. */
import { describe, expect, test } from 'vitest';
import type { Face } from '../../../models/face/index.ts';
import { createPicture, type Picture } from '../../../models/image/picture.ts';
import { isFarFromHuman } from '../../../models/proportions/changes.ts';
import { withDrawnLids } from '../../../models/proportions/drawn-lids.ts';
import { meanFaceAt } from '../stylize/mean-face.ts';

const mean = meanFaceAt([150, 150], 90);
const stretched = (face: Face, by: number): Face => ({
  ...face,
  landmarks: face.landmarks.map((value, i) => (i % 3 === 1 ? 150 + by * (value - 150) : value)),
  box: { ...face.box, y: 150 + by * (face.box.y - 150), height: by * face.box.height },
});
const figure = stretched(mean, 1.8);
const person = stretched(mean, 1.3);
const at = (face: Face, k: number) => [face.landmarks[3 * k], face.landmarks[3 * k + 1]] as const;
/** Left and right: outer corner, inner corner, the middle of the upper and of the lower lid. */
const EYES = [
  [33, 133, 159, 145],
  [263, 362, 386, 374],
] as const;

/** Skin with eyes that reach so far (their widths) above and below the line between their corners. */
function drawn(face: Face, above: number, below: number): Picture {
  const picture = createPicture(300, 400);
  const eyes = EYES.map(([outer, inner]) => {
    const [[ax, ay], [bx, by]] = [at(face, outer), at(face, inner)];
    return { x: (ax + bx) / 2, y: (ay + by) / 2, width: Math.abs(bx - ax) };
  });
  for (let i = 0; i < 300 * 400; i++) {
    const [px, py] = [i % 300, Math.floor(i / 300)];
    const isEye = eyes.some(({ x, y, width }) => {
      const height = width * (py < y ? above : below);
      return (2 * (px - x)) ** 2 / width ** 2 + (py - y) ** 2 / height ** 2 < 1;
    });
    picture.data.set(isEye ? [60, 120, 200, 255] : [225, 170, 140, 255], 4 * i);
  }
  return picture;
}

/** Of the lids of an eye from the line between its corners, in its widths. */
function heights(face: Face, eye: 0 | 1) {
  const [outer, inner, upper, lower] = EYES[eye].map((k) => at(face, k));
  const width = Math.abs(inner[0] - outer[0]);
  const line = (outer[1] + inner[1]) / 2;
  return { above: (line - upper[1]) / width, below: (lower[1] - line) / width };
}

describe('lids of a drawn face', () => {
  test('are taken to where the eyes end', () => {
    expect(isFarFromHuman(figure.landmarks)).toBe(true);
    const own = heights(figure, 0);
    const [above, below] = [own.above + 0.15, own.below + 0.15];
    const face = withDrawnLids(drawn(figure, above, below), figure);
    for (const eye of [0, 1] as const) {
      expect(heights(face, eye).above).toBeGreaterThan(above - 0.07);
      expect(heights(face, eye).above).toBeLessThan(above + 0.07);
      expect(heights(face, eye).below).toBeGreaterThan(below - 0.07);
      expect(heights(face, eye).below).toBeLessThan(below + 0.07);
    }
    expect(at(face, 1)).toEqual(at(figure, 1));
  });

  test('stay where one lid alone would move, and where there is nothing but skin', () => {
    const own = heights(figure, 0);
    for (const picture of [drawn(figure, own.above, own.below + 0.2), createPicture(300, 400)])
      expect(withDrawnLids(picture, figure)).toBe(figure);
  });

  test('of a person stay, whatever the picture shows', () => {
    const own = heights(person, 0);
    expect(withDrawnLids(drawn(person, own.above + 0.15, own.below + 0.15), person)).toBe(person);
  });
});
