import { describe, expect, test } from 'vitest';
import { labPlanes } from '../../../models/image/colour.ts';
import { createPlane, type Picture, type Plane, type Rect } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { type Composition, compose, type PlacedLayer } from '../../../models/composite/compose.ts';
import { measurePalette } from '../../../models/style/palette.ts';
import { noise, noisePicture, pictureOf, planeOf, worst } from '../image/planes.ts';

/** Alpha falls from left to right. */
const portrait = (width: number, height: number): Picture => {
  const { data } = noisePicture(width, height, 1);
  return pictureOf(width, height, (x, y) => [
    ...data.slice((y * width + x) * 4, (y * width + x) * 4 + 3),
    255 - x,
  ]);
};

const reference = noisePicture(30, 30, 2);

/** A layer that shows `painted` (at any size) in `rect`. */
function layerOf(painted: Picture, rect: Rect, matte: Plane, own = painted): PlacedLayer {
  const { width, height } = painted;
  return {
    layer: {
      lab: labPlanes(painted),
      lightness: labPlanes(own).l,
      detailGain: createPlane(width, height, 1),
      skin: createPlane(width, height),
    },
    rect,
    matte,
  };
}

const composition = (changes: Partial<Composition> & Pick<Composition, 'layers'>): Composition => ({
  background: null,
  mode: 'keep',
  strength: 1,
  palette: measurePalette([labPlanes(reference)]),
  paletteGain: 0.9,
  skinSpared: { colour: 0.4, lightness: 0.4 },
  ...changes,
});

const full = (width: number, height: number): Rect => ({ x: 0, y: 0, width, height });
const alphas = ({ data }: Picture) => data.filter((_, i) => i % 4 === 3);

const [WIDTH, HEIGHT] = [60, 50];
const own = portrait(WIDTH, HEIGHT);
const painted = noisePicture(WIDTH, HEIGHT, 3);
const soft = planeOf(WIDTH, HEIGHT, (x) => Math.min(1, Math.max(0, (x - 20) / 20)));
const layers = [layerOf(painted, full(WIDTH, HEIGHT), soft)];
const background = labPlanes(noisePicture(WIDTH, HEIGHT, 4));

const rgbAt = ({ width, data }: Picture, x: number, y: number) => [
  ...data.slice((y * width + x) * 4, (y * width + x) * 4 + 3),
];

describe('strength', () => {
  test.each(['keep', 'style'] as const)('0 gives the portrait back, byte for byte: %s', (mode) => {
    const result = compose(
      own,
      composition({
        layers,
        mode,
        strength: 0,
        background: mode === 'style' ? { lab: background, cover: null } : null,
      }),
    );
    expect(result).toEqual(own);
  });

  test('a half is half way in L*a*b*', () => {
    const result = labPlanes(compose(own, composition({ layers, strength: 0.5 })));
    const [from, to] = [labPlanes(own), labPlanes(compose(own, composition({ layers })))];
    const halfWay = from.l.data.map((value, i) => (value + to.l.data[i]) / 2);
    const inGamut = (i: number) => i % WIDTH > 40;
    const pick = (data: Float32Array) => data.filter((_, i) => inGamut(i));
    const errors = pick(result.l.data).map((value, i) => Math.abs(value - pick(halfWay)[i]));
    expect(errors.toSorted()[Math.floor(errors.length / 2)]).toBeLessThan(0.5);
  });
});

describe('background', () => {
  test('kept is the portrait’s where there is no person, and the layer where there is only person', () => {
    const result = compose(own, composition({ layers }));
    for (const [x, source] of [
      [5, own],
      [50, painted],
    ] as const) {
      expect(rgbAt(result, x, 20)).toEqual(rgbAt(source, x, 20));
    }
    expect(alphas(result)).toEqual(alphas(own));
  });

  test('of the style has nothing of the portrait’s', () => {
    const other = pictureOf(WIDTH, HEIGHT, (x) => [0, 255, 0, 255 - x]);
    const make = (picture: Picture) =>
      compose(
        picture,
        composition({ layers, mode: 'style', background: { lab: background, cover: null }, paletteGain: 0 }),
      );
    expect(make(other)).toEqual(make(own));
    expect(alphas(make(own))).toEqual(alphas(own));
    expect(worst(rgbAt(make(own), 5, 20), rgbAt(noisePicture(WIDTH, HEIGHT, 4), 5, 20))).toBeLessThanOrEqual(
      1,
    );
  });

  test('transparent has the matte’s alpha times the portrait’s, and no fringe of another colour', () => {
    const result = compose(own, composition({ layers, mode: 'transparent' }));
    for (const x of [0, 10, 21, 30, 45, 59]) {
      expect(Math.abs(alphas(result)[x] - (255 - x) * soft.data[x])).toBeLessThanOrEqual(1);
    }
    expect(rgbAt(result, 22, 20)).toEqual(rgbAt(painted, 22, 20));
  });

  test('with the reference’s palette gets its mean colour', () => {
    const result = compose(
      own,
      composition({
        layers,
        mode: 'style',
        background: { lab: background, cover: null },
        palette: paletteOf(50, 10, 20),
        paletteGain: 1,
        skinSpared: { colour: 0, lightness: 0 },
      }),
    );
    const { l, a, b } = measurePalette([labPlanes(result)]);
    expect(Math.abs(l.mean - 50)).toBeLessThan(4);
    expect(Math.abs(a.mean - 10)).toBeLessThan(6);
    expect(Math.abs(b.mean - 20)).toBeLessThan(6);
  });

  test('a white background stays white, whatever the palette; a grey one follows it', () => {
    const onGround = (value: number) => {
      const plain = pictureOf(own.width, own.height, () => [value, value, value]);
      const settings = { palette: paletteOf(50, 20, 20), paletteGain: 1 };
      const lab = labPlanes(plain);
      return compose(
        own,
        composition({ layers, mode: 'style', background: { lab, cover: null }, ...settings }),
      );
    };
    for (const value of rgbAt(onGround(255), 0, 0)) expect(value).toBeGreaterThan(250);
    const [red, green] = rgbAt(onGround(170), 0, 0);
    expect(red - green).toBeGreaterThan(10);
  });
});

const paletteOf = (l: number, a: number, b: number): Composition['palette'] => ({
  l: { mean: l, deviation: 12 },
  a: { mean: a, deviation: 6 },
  b: { mean: b, deviation: 6 },
});

test('the bands in which a tall picture is made do not show', () => {
  // The same 300 rows at the top of a picture and 77 rows further down meet other borders of bands.
  const [width, height, shift] = [12, 300, 77];
  const small = noise(width, 100, 7);
  const asPicture = (plane: Plane) =>
    pictureOf(plane.width, plane.height, (x, y) => Array(3).fill(2 * plane.data[y * width + x]));
  const layer = layerOf(asPicture(small), full(width, height), createPlane(width, height, 0.8));
  const tall = portrait(width, height + shift);
  const at = (y: number) => ({ ...layer, rect: { ...layer.rect, y } });
  const top = compose(
    { ...tall, height, data: tall.data.slice(shift * width * 4) },
    composition({ layers: [at(0)] }),
  );
  const down = compose(tall, composition({ layers: [at(shift)] }));
  expect(down.data.slice(shift * width * 4)).toEqual(top.data);
});

describe('an enlarged layer', () => {
  const large = noisePicture(96, 80, 8);
  const small = resizePicture(large, 24, 20);
  const rect = full(96, 80);
  const everywhere = createPlane(96, 80, 1);

  test('gets the portrait’s detail back by its gain', () => {
    const withDetail = compose(large, composition({ layers: [layerOf(small, rect, everywhere)] }));
    expect([withDetail.width, withDetail.height]).toEqual([96, 80]);
    const { layer } = layerOf(small, rect, everywhere);
    const plain = compose(
      large,
      composition({
        layers: [{ layer: { ...layer, detailGain: createPlane(24, 20) }, rect, matte: everywhere }],
      }),
    );
    const lightness = labPlanes(large).l.data;
    expect(meanDifference(labPlanes(withDetail).l.data, lightness)).toBeLessThan(3);
    expect(meanDifference(labPlanes(plain).l.data, lightness)).toBeGreaterThan(10);
  });

  test('lies where its rectangle is', () => {
    const canvas = pictureOf(120, 90, () => [0, 0, 0]);
    const white = pictureOf(10, 10, () => [255, 255, 255]);
    const placed = layerOf(white, { x: 30, y: 40, width: 20, height: 20 }, createPlane(20, 20, 1));
    const layer = { ...placed.layer, detailGain: createPlane(10, 10) };
    const result = compose(canvas, composition({ layers: [{ ...placed, layer }] }));
    expect(result).toEqual(
      pictureOf(120, 90, (x, y) => Array(3).fill(x >= 30 && x < 50 && y >= 40 && y < 60 ? 255 : 0)),
    );
  });
});

function meanDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
}

test('two people side by side both show', () => {
  const left = planeOf(WIDTH, HEIGHT, (x) => (x < 30 ? 1 : 0));
  const right = planeOf(WIDTH, HEIGHT, (x) => (x < 30 ? 0 : 1));
  const other = noisePicture(WIDTH, HEIGHT, 9);
  const both = [layerOf(painted, full(WIDTH, HEIGHT), left), layerOf(other, full(WIDTH, HEIGHT), right)];
  const result = compose(own, composition({ layers: both }));
  expect(rgbAt(result, 10, 10)).toEqual(rgbAt(painted, 10, 10));
  expect(rgbAt(result, 50, 10)).toEqual(rgbAt(other, 50, 10));
});
