import { describe, expect, test } from 'vitest';
import { type Composition, compose, type Layer, within } from '../../../models/composite/compose.ts';
import { labPlanes, pictureFromLab } from '../../../models/image/colour.ts';
import { cropPicture } from '../../../models/image/crop.ts';
import { createPlane, type Picture, type Plane, type Rect } from '../../../models/image/picture.ts';
import { resizePlane } from '../../../models/image/resize.ts';
import { noisePicture, pictureOf, planeOf, worst } from '../image/planes.ts';

const [WIDTH, HEIGHT] = [60, 50];
const full = (width: number, height: number): Rect => ({ x: 0, y: 0, width, height });
const WHOLE = full(WIDTH, HEIGHT);

/** Noise whose alpha falls from left to right. */
const portrait = (width: number, height: number): Picture => {
  const { data } = noisePicture(width, height, 1);
  return pictureOf(width, height, (x, y) => [
    ...data.slice((y * width + x) * 4, (y * width + x) * 4 + 3),
    255 - x,
  ]);
};

/** A picture that shows in `rect`, at any size of its own. */
const layerOf = (painted: Picture, rect: Rect, alpha: Plane, alphaRect = rect): Layer => ({
  lab: labPlanes(painted),
  rect,
  alpha,
  alphaRect,
});

const composition = (changes: Partial<Composition> & Pick<Composition, 'layers'>): Composition => ({
  ground: null,
  transparent: false,
  strength: 1,
  ...changes,
});

const alphas = ({ data }: Picture) => data.filter((_, i) => i % 4 === 3);
const rgbAt = ({ width, data }: Picture, x: number, y: number) => [
  ...data.slice((y * width + x) * 4, (y * width + x) * 4 + 3),
];

const own = portrait(WIDTH, HEIGHT);
const painted = noisePicture(WIDTH, HEIGHT, 3);
/** Nothing at the left, all at the right, soft from 20 to 40. */
const soft = planeOf(WIDTH, HEIGHT, (x) => Math.min(1, Math.max(0, (x - 20) / 20)));
const layers = [layerOf(painted, WHOLE, soft)];
const behind = noisePicture(WIDTH, HEIGHT, 4);
const ground = { lab: labPlanes(behind), cover: null };

/** Worst difference over columns of two pictures. */
const apart = (a: Picture, b: Picture, columns: (x: number) => boolean) => {
  let most = 0;
  for (let y = 0; y < a.height; y++) {
    for (let x = 0; x < a.width; x++)
      if (columns(x)) most = Math.max(most, worst(rgbAt(a, x, y), rgbAt(b, x, y)));
  }
  return most;
};

describe('strength', () => {
  test.each([
    ['kept', null],
    ['of the style', ground],
  ])('0 gives the portrait back, byte for byte: background %s', (_, behindPeople) => {
    expect(compose(own, composition({ layers, ground: behindPeople, strength: 0 }))).toEqual(own);
  });

  test('a half is half way in L*a*b*', () => {
    // Plain colours, so that the way between them stays among those that a screen can show.
    const from = pictureOf(WIDTH, HEIGHT, (x) => [90 + x, 80, 100]);
    const to = layerOf(
      pictureOf(WIDTH, HEIGHT, (_, y) => [120, 140 - y, 130]),
      WHOLE,
      soft,
    );
    const [none, half, all] = [0, 0.5, 1].map((strength) =>
      labPlanes(compose(from, composition({ layers: [to], strength }))),
    );
    for (const channel of ['l', 'a', 'b'] as const) {
      const middle = none[channel].data.map((value, i) => (value + all[channel].data[i]) / 2);
      expect(worst(half[channel].data, middle), channel).toBeLessThan(0.9);
    }
    expect(worst(none.l.data, all.l.data)).toBeGreaterThan(5);
  });
});

describe('a layer', () => {
  test('covers where its alpha is 1, lets all through where it is 0, and is mixed in between', () => {
    const result = compose(own, composition({ layers }));
    expect(apart(result, own, (x) => x <= 20)).toBe(0);
    expect(apart(result, painted, (x) => x >= 40)).toBe(0);
    expect(alphas(result)).toEqual(alphas(own));
    const flat = (value: number) => pictureOf(WIDTH, HEIGHT, () => [value, value, value]);
    const mixed = labPlanes(compose(flat(40), composition({ layers: [layerOf(flat(200), WHOLE, soft)] }))).l;
    const [low, high] = [flat(40), flat(200)].map((picture) => labPlanes(picture).l.data[0]);
    for (const [i, value] of mixed.data.entries())
      expect(Math.abs(value - low - soft.data[i] * (high - low))).toBeLessThan(0.5);
  });

  test('of another size is resampled to its rectangle, its alpha to that of its own', () => {
    const large = noisePicture(120, 100, 5);
    const alpha = createPlane(30, 25, 1);
    const result = compose(own, composition({ layers: [layerOf(large, WHOLE, alpha)] }));
    const { l, a, b } = labPlanes(large);
    const small = (plane: Plane) => resizePlane(plane, WIDTH, HEIGHT);
    const expected = pictureFromLab({ l: small(l), a: small(a), b: small(b) });
    expect(apart(result, expected, () => true)).toBeLessThanOrEqual(1);
  });

  test('lies where its rectangle is, and nowhere else', () => {
    const canvas = pictureOf(120, 90, () => [0, 0, 0]);
    const white = pictureOf(10, 10, () => [255, 255, 255]);
    const placed = layerOf(white, { x: 30, y: 40, width: 20, height: 20 }, createPlane(20, 20, 1));
    expect(compose(canvas, composition({ layers: [placed] }))).toEqual(
      pictureOf(120, 90, (x, y) => Array(3).fill(x >= 30 && x < 50 && y >= 40 && y < 60 ? 255 : 0)),
    );
  });

  test('may reach past the portrait, and begin between its pixels', () => {
    const slope = (left: number, width: number) =>
      pictureOf(width, 20, (x) => Array(3).fill(Math.round(2 * (x + left))));
    const grey = pictureOf(60, 20, () => [9, 9, 9]);
    const rect = { x: -12, y: 0, width: 100, height: 20 };
    const around = compose(
      grey,
      composition({ layers: [layerOf(slope(0, 100), rect, createPlane(100, 20, 1))] }),
    );
    expect(around).toEqual(cropPicture(slope(0, 100), { x: 12, y: 0, width: 60, height: 20 }));
    const between = compose(
      grey,
      composition({
        layers: [layerOf(slope(0, 100), { ...rect, x: -12.5 }, createPlane(100, 20, 1))],
      }),
    );
    for (let x = 5; x < 55; x++)
      expect(Math.abs(rgbAt(between, x, 9)[0] - 2 * (x + 12.5))).toBeLessThanOrEqual(1);
  });

  test('cut by a smaller alpha shows that part alone, unmoved', () => {
    const alphaRect = { x: 10, y: 5, width: 30, height: 20 };
    const result = compose(
      own,
      composition({ layers: [layerOf(painted, WHOLE, createPlane(30, 20, 1), alphaRect)] }),
    );
    for (const [x, y, source] of [
      [10, 5, painted],
      [39, 24, painted],
      [9, 5, own],
      [40, 24, own],
      [20, 25, own],
    ] as const)
      expect(rgbAt(result, x, y), `${x}, ${y}`).toEqual(rgbAt(source, x, y));
  });

  test('two side by side both show, and share a pixel by their alphas', () => {
    const left = planeOf(WIDTH, HEIGHT, (x) => (x < 30 ? 1 : x === 30 ? 0.5 : 0));
    const right = { ...left, data: left.data.map((value) => 1 - value) };
    const flat = (value: number) => pictureOf(WIDTH, HEIGHT, () => [value, value, value]);
    const result = compose(
      own,
      composition({ layers: [layerOf(painted, WHOLE, left), layerOf(flat(250), WHOLE, right)] }),
    );
    expect(apart(result, painted, (x) => x < 30)).toBe(0);
    expect(apart(result, flat(250), (x) => x > 30)).toBe(0);
    const lightness = (picture: Picture) => labPlanes(picture).l.data[10 * WIDTH + 30];
    const middle = (lightness(painted) + lightness(flat(250))) / 2;
    expect(Math.abs(lightness(result) - middle)).toBeLessThan(3);
  });
});

describe('the ground', () => {
  test('replaces the portrait’s own wholly, and keeps its alpha', () => {
    const other = pictureOf(WIDTH, HEIGHT, (x) => [0, 255, 0, 255 - x]);
    const [result, same] = [own, other].map((picture) => compose(picture, composition({ layers, ground })));
    expect(same).toEqual(result);
    expect(apart(result, behind, (x) => x <= 20)).toBe(0);
    expect(apart(result, painted, (x) => x >= 40)).toBe(0);
    expect(alphas(result)).toEqual(alphas(own));
  });

  test('smaller than the portrait is enlarged to it', () => {
    const [dark, light] = [30, 220];
    const small = pictureOf(6, 5, (x) => Array(3).fill(x < 3 ? dark : light));
    const result = compose(own, composition({ layers: [], ground: { lab: labPlanes(small), cover: null } }));
    for (const [x, value] of [
      [2, dark],
      [8, dark],
      [51, light],
      [57, light],
    ])
      expect(worst(rgbAt(result, x, 25), [value, value, value])).toBeLessThanOrEqual(1);
  });

  test('with a cover replaces only what that covers', () => {
    const cover = planeOf(WIDTH, HEIGHT, (x) => (x < 10 ? 1 : 0));
    const result = compose(own, composition({ layers, ground: { ...ground, cover } }));
    expect(apart(result, behind, (x) => x < 9)).toBe(0);
    expect(apart(result, own, (x) => x > 11 && x <= 20)).toBe(0);
  });
});

describe('transparent', () => {
  const result = compose(own, composition({ layers, transparent: true }));

  test('has the layer’s alpha times the portrait’s', () => {
    for (const x of [0, 10, 21, 30, 45, 59])
      expect(Math.abs(alphas(result)[x] - (255 - x) * soft.data[x])).toBeLessThanOrEqual(1);
  });

  test('where two layers cover a pixel wholly, it has the portrait’s alpha and the mean of both', () => {
    const one = planeOf(WIDTH, HEIGHT, () => 1);
    const both = [
      pictureOf(WIDTH, HEIGHT, () => [90, 90, 90]),
      pictureOf(WIDTH, HEIGHT, () => [150, 150, 150]),
    ];
    const result = compose(
      own,
      composition({ layers: both.map((picture) => layerOf(picture, WHOLE, one)), transparent: true }),
    );
    expect(alphas(result)).toEqual(alphas(own));
    // Half way in lightness.
    const { l } = labPlanes(result);
    const [dark, light] = both.map((picture) => labPlanes(picture).l.data[0]);
    expect(Math.abs(l.data[0] - (dark + light) / 2)).toBeLessThan(0.5);
  });

  test('has no fringe of what stood behind', () => {
    expect(apart(result, painted, (x) => x > 20)).toBeLessThanOrEqual(1);
  });
});

test('the bands in which a tall picture is made do not show', () => {
  // The same 300 rows at the top of a picture and 77 rows further down meet other borders of bands.
  const [width, height, shift] = [12, 300, 77];
  const small = noisePicture(width, 100, 7);
  const layer = layerOf(small, full(width, height), createPlane(width, height, 0.8));
  const tall = portrait(width, height + shift);
  const at = (y: number) => ({ ...layer, rect: { ...layer.rect, y }, alphaRect: { ...layer.alphaRect, y } });
  const top = compose(
    { ...tall, height, data: tall.data.slice(shift * width * 4) },
    composition({ layers: [at(0)] }),
  );
  const down = compose(tall, composition({ layers: [at(shift)] }));
  expect(down.data.slice(shift * width * 4)).toEqual(top.data);
  expect(down.data.slice(0, shift * width * 4)).toEqual(tall.data.slice(0, shift * width * 4));
});

test('a rectangle of the portrait in pixels of a plane that shows part of it', () => {
  const plane = createPlane(40, 60);
  const shown = { x: 10.5, y: -4, width: 20, height: 120 };
  expect(within({ x: 12.5, y: 6, width: 10, height: 30 }, shown, plane)).toEqual({
    x: 4,
    y: 5,
    width: 20,
    height: 15,
  });
  expect(within(shown, shown, plane)).toEqual({ x: 0, y: 0, width: 40, height: 60 });
});
