import { describe, expect, it } from 'vitest';
import { createPicture, createPlane, type Picture } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { composeLarge, matteOfFaces } from '../../../models/style/compose-large.ts';
import type { PreparedStyle } from '../../../models/style/reference.ts';
import { planeOf } from '../image/planes.ts';
import { faceAt } from './faces.ts';

const [WIDTH, HEIGHT] = [120, 80];

/** Grey stripes one pixel wide, which nothing smaller can show. */
const stripes = (): Picture => {
  const picture = createPicture(WIDTH, HEIGHT);
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    const grey = (i % WIDTH) & 1 ? 150 : 110;
    picture.data.set([grey, grey, grey, 255], 4 * i);
  }
  return picture;
};

const flat = (width: number, height: number): Picture => {
  const picture = createPicture(width, height);
  for (let i = 0; i < width * height; i++) picture.data.set([200, 120, 60, 255], 4 * i);
  return picture;
};

/** Contrast of neighbours in a row, 0..255, from `left` on. */
function contrast({ width, data }: Picture, y: number, left: number): number {
  const [a, b] = [0, 1].map((step) => data[4 * (y * width + left + step)]);
  return Math.abs(a - b);
}

const person = planeOf(WIDTH, HEIGHT, (x) => (x < 60 ? 1 : 0));
const composed = (options: Parameters<typeof composeLarge>[2]) =>
  composeLarge(
    {
      own: stripes(),
      small: resizePicture(stripes(), WIDTH / 4, HEIGHT / 4),
      painting: flat(WIDTH, HEIGHT),
      matte: person,
      isWorn: false,
      faces: [faceAt(30, 40)],
    },
    {} as PreparedStyle,
    options,
  );

describe('composition at output size', () => {
  it("shows the portrait's finest lightness on the person, not behind", () => {
    const picture = composed({ likeness: 1 });
    expect(contrast(picture, 5, 20)).toBeGreaterThan(5);
    expect(contrast(picture, 5, 100)).toBe(0);
  });

  it('shows it most on features, and the less the less likeness is wanted', () => {
    const [none, half, full] = [0, 0.5, 1].map((likeness) => composed({ likeness }));
    expect(contrast(half, 40, 30)).toBeGreaterThan(contrast(half, 5, 4));
    expect(contrast(full, 40, 30)).toBeGreaterThan(contrast(half, 40, 30));
    expect(contrast(none, 5, 4)).toBe(0);
  });

  it('keeps the background itself, or leaves it out', () => {
    const kept = composed({ background: 'keep' });
    expect([...kept.data.slice(4 * 100, 4 * 100 + 4)]).toEqual([110, 110, 110, 255]);
    const cut = composed({ background: 'transparent' });
    expect([cut.data[4 * 20 + 3], cut.data[4 * 100 + 3]]).toEqual([255, 0]);
  });

  it('at strength 0 is the portrait', () => {
    const { data } = composed({ strength: 0 });
    const own = stripes().data;
    expect(data.every((value, i) => Math.abs(value - own[i]) <= 1)).toBe(true);
  });
});

it('the matte of one of two people is without the other', () => {
  const [left, right] = [faceAt(30, 40), faceAt(90, 40)];
  const both = createPlane(WIDTH, HEIGHT, 1);
  const one = matteOfFaces(both, [left, right], [left]);
  expect([one.data[40 * WIDTH + 30], one.data[40 * WIDTH + 90]]).toEqual([1, 0]);
  expect(matteOfFaces(both, [left, right], [left, right])).toBe(both);
});
