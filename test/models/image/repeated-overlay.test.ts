import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createPicture, type Picture } from '../../../models/image/picture.ts';
import { hasRepeatedOverlay } from '../../../models/image/repeated-overlay.ts';
import { decodePicture } from '../../../renderer/core/pictures/read-picture.ts';

const [WIDTH, HEIGHT] = [360, 450];
const file = await readFile(fileURLToPath(new URL('../../fixtures/joconde.jpg', import.meta.url)));
const painting = await sharp(file).resize(WIDTH, HEIGHT, { fit: 'fill' }).toBuffer();

/** Bars like the strokes of letters, `share` of white, in the pattern `isMark` of places. */
async function marked(share: number, isMark: (x: number, y: number) => boolean): Promise<Picture> {
  const { data } = await decodePicture(painting, 'painting');
  const picture = { ...createPicture(WIDTH, HEIGHT), data };
  for (let y = 0, i = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++, i += 4)
      if (isMark(x, y)) for (let c = 0; c < 3; c++) data[i + c] += share * (255 - data[i + c]);
  return picture;
}

/** Of a word of five letters. */
const isStroke = (u: number, v: number) => u < 50 && v < 14 && (u % 10 < 3 || (v % 11 < 3 && u % 20 < 10));
const isWord = (x: number, y: number) => {
  const [u, v] = [x + Math.round(0.4 * y), y - Math.round(0.3 * x) + 1000];
  return isStroke(u % 90, v % 47);
};

describe('marks that lie all over a picture', () => {
  it.each([0.2, 0.35, 0.6])('words again and again, %f of white', async (share) => {
    expect(hasRepeatedOverlay(await marked(share, isWord))).toBe(true);
  });

  it.each<[string, number, (x: number, y: number) => boolean]>([
    ['nothing', 0, () => false],
    ['a wall behind the person', 0.5, (x, y) => isWord(x, y) && y < 180 && Math.abs(x - 180) > 70],
    ['a dress', 0.5, (x, y) => isWord(x, y) && y > 250],
    ['canvas', 0.2, (x, y) => x % 5 < 2 || y % 5 < 2],
    ['one word', 0.5, (x, y) => isStroke(x - 150, y - 220)],
  ])('not: %s', async (_, share, isMark) => {
    expect(hasRepeatedOverlay(await marked(share, isMark))).toBe(false);
  });

  it('a plain picture has none', () => {
    expect(hasRepeatedOverlay(createPicture(64, 64))).toBe(false);
  });
});
