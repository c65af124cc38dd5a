import { describe, expect, it } from 'vitest';
import { labPlanes } from '../../../models/image/colour.ts';
import { meanNearestDistance, patchCloud } from '../../../models/image/patch-similarity.ts';
import { createPlane, type Picture } from '../../../models/image/picture.ts';
import { noisePicture, pictureOf, planeOf } from './planes.ts';

const cloudOf = (picture: Picture) => patchCloud(picture, createPlane(picture.width, picture.height, 1), 0.5);
const distance = (from: Picture, to: Picture) => meanNearestDistance(cloudOf(from), cloudOf(to));

/** All 7×7 Lab patches less the mean of each channel. */
function patchesOf(picture: Picture): number[][] {
  const { l, a, b } = labPlanes(picture);
  const patches: number[][] = [];
  for (let y = 0; y + 7 <= picture.height; y++) {
    for (let x = 0; x + 7 <= picture.width; x++) {
      patches.push(
        [l, a, b].flatMap(({ data }) => {
          const values = Array.from(
            { length: 49 },
            (_, i) => data[(y + Math.floor(i / 7)) * picture.width + x + (i % 7)],
          );
          const mean = values.reduce((sum, value) => sum + value, 0) / 49;
          return values.map((value) => value - mean);
        }),
      );
    }
  }
  return patches;
}

function meanOfNearest(from: number[][], to: number[][]): number {
  const nearest = from.map((p) =>
    Math.min(...to.map((q) => p.reduce((sum, value, i) => sum + (value - q[i]) ** 2, 0))),
  );
  return nearest.reduce((sum, value) => sum + value, 0) / from.length / 147;
}

const stripes = (width: number, height: number, period: number) =>
  pictureOf(width, height, (x) => Array(3).fill(128 + 60 * Math.sin((2 * Math.PI * x) / period)));

describe('patch similarity', () => {
  it('is the mean squared distance to the nearest patch less its mean, as found by comparing all', () => {
    const [one, other] = [noisePicture(27, 24, 1), noisePicture(30, 21, 2)];
    const brighter = { ...other, data: other.data.map((value) => 55 + value / 2) };
    for (const picture of [other, brighter]) {
      expect(distance(one, picture)).toBeCloseTo(meanOfNearest(patchesOf(one), patchesOf(picture)), 2);
    }
  });

  it('is 0 to a picture that holds all patches, wherever they lie and however light they are', () => {
    const wide = stripes(120, 40, 11);
    expect(distance(stripes(60, 40, 11), wide)).toBeLessThan(0.01);
    const flat = (level: number) => pictureOf(40, 40, () => [level, level, level]);
    expect(distance(flat(40), flat(200))).toBeLessThan(1e-6);
  });

  it('tells what is missing from what is too much', () => {
    const half = pictureOf(120, 60, (x) => Array(3).fill(x < 60 ? 128 : 128 + 60 * Math.sin(x)));
    const flat = pictureOf(120, 60, () => [128, 128, 128]);
    expect(distance(flat, half)).toBeLessThan(0.01); // all of it is there
    expect(distance(half, flat)).toBeGreaterThan(30); // the stripes are missing
  });

  it('looks where the mask is over the threshold only', () => {
    const picture = pictureOf(80, 40, (x, y) => Array(3).fill(x < 40 ? 128 : 255 * ((x + y) % 2)));
    const left = planeOf(80, 40, (x) => (x < 30 ? 0.8 : 0.6));
    const flat = cloudOf(pictureOf(40, 40, () => [90, 90, 90]));
    expect(meanNearestDistance(patchCloud(picture, left, 0.7), flat)).toBeLessThan(1e-6);
    expect(meanNearestDistance(patchCloud(picture, left, 0.5), flat)).toBeGreaterThan(100);
  });

  it('is the same number every time', () => {
    const [one, other] = [noisePicture(160, 160, 1), stripes(160, 160, 9)];
    expect(distance(one, other)).toBe(distance(one, other));
  });

  it('refuses a mask without room for a patch', () => {
    expect(() => patchCloud(noisePicture(40, 40, 1), createPlane(40, 40), 0.5)).toThrow(RangeError);
    expect(() => cloudOf(noisePicture(6, 40, 1))).toThrow(RangeError);
  });
});
