import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { featureModel } from '../../../models/features/feature-model.ts';
import { FeaturePyramid } from '../../../models/features/feature-pyramid.ts';
import { perceptualDistance } from '../../../models/features/perceptual-distance.ts';
import { gaussianBlur } from '../../../models/image/blur.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { seededNormal } from '../../../models/image/random.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { loadWeights } from '../../../models/runtime/index.ts';
import { loadUpscaler, upscale } from '../../../models/upscale/upscale.ts';
import { ASTRONAUT, JOCONDE, readPicture } from '../face/pictures.ts';

const SIDE = 160;
let pyramid: FeaturePyramid;
let photograph: Picture;
let painting: Picture;

beforeAll(async () => {
  pyramid = await FeaturePyramid.load({ device: 'cpu', threads: 1 });
  photograph = resizePicture(await readPicture(ASTRONAUT), SIDE, SIDE);
  painting = resizePicture(await readPicture(JOCONDE), SIDE, SIDE);
});
afterAll(() => pyramid.release());

const distance = (a: Picture, b: Picture) => perceptualDistance(a, b, pyramid);

/** Each of red, green and blue by itself. */
function blurred(picture: Picture, sigma: number): Picture {
  const { width, height } = picture;
  const data = picture.data.slice();
  for (let c = 0; c < 3; c++) {
    const values = Float32Array.from({ length: width * height }, (_, i) => data[4 * i + c]);
    const plane = gaussianBlur({ width, height, data: values }, sigma);
    for (let i = 0; i < values.length; i++) data[4 * i + c] = plane.data[i];
  }
  return { ...picture, data };
}

function noisy(picture: Picture, sigma: number): Picture {
  const normal = seededNormal(1);
  return { ...picture, data: picture.data.map((value, i) => (i % 4 === 3 ? 255 : value + sigma * normal())) };
}

test('a picture is at no distance from itself, and as far from another as that is from it', async () => {
  expect(await distance(photograph, photograph)).toBeLessThan(1e-6);
  const there = await distance(photograph, painting);
  expect(there).toBeCloseTo(await distance(painting, photograph), 6);
  expect(there).toBeGreaterThan(0.1);
  expect(there).toBeLessThanOrEqual(2);
});

describe.each(['a photograph', 'a painting'])('%s', (which) => {
  const picture = () => (which === 'a photograph' ? photograph : painting);

  test.each([
    ['blurred', blurred, [0.7, 1.2, 2, 4]],
    ['noisy', noisy, [4, 8, 16, 32]],
  ] as const)('is the farther from itself the more it is %s', async (_, spoil, amounts) => {
    const distances: number[] = [];
    for (const amount of amounts) distances.push(await distance(picture(), spoil(picture(), amount)));
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    expect(distances[0]).toBeGreaterThan(0);
    expect(distances.at(-1)).toBeLessThan(await distance(photograph, painting));
  });

  test('is nearer when a network has enlarged it than after bicubic interpolation', async () => {
    const low = resizePicture(picture(), SIDE / 4, SIDE / 4);
    const lite = await loadUpscaler('srgan-lite', { device: 'cpu', threads: 1 });
    const enlarged = await upscale(low, lite);
    await lite.session.release();
    const interpolated = resizePicture(low, SIDE, SIDE);
    expect(await distance(enlarged, picture())).toBeLessThan(await distance(interpolated, picture()));
  });
});

test('pictures may have any size, but the same one; alpha does not count', async () => {
  const odd = resizePicture(photograph, 61, 47);
  const clear = { ...odd, data: odd.data.map((value, i) => (i % 4 === 3 ? 0 : value)) };
  expect(await distance(odd, clear)).toBe(0);
  await expect(distance(odd, photograph)).rejects.toThrow('Expected 160×160 px but received 61×47.');
});

test('maps are those of a half to a sixteenth of the size, of both networks', async () => {
  const maps = await pyramid.of(photograph);
  expect(maps.map(({ dims }) => dims[3])).toEqual([80, 40, 20, 10, 80, 40, 20, 10]);
  expect(maps.every(({ data }) => data.every((value) => value >= 0))).toBe(true);
  const lite = await loadWeights('srgan-lite');
  expect(() => featureModel(lite)).toThrow('no features of several sizes');
});
