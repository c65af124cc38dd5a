import { describe, expect, it } from 'vitest';
import { labPlanes } from '../../../models/image/colour.ts';
import { transferColour } from '../../../models/image/colour-transfer.ts';
import { createPicture, type Picture } from '../../../models/image/picture.ts';
import { seededNormal } from '../../../models/image/random.ts';

function cloud(mean: readonly number[], deviation: number, seed: number): Picture {
  const normal = seededNormal(seed);
  const picture = createPicture(64, 64);
  for (let i = 0; i < 64 * 64; i++) {
    picture.data.set([...mean.map((level) => level + deviation * normal()), 255], i * 4);
  }
  return picture;
}

function moments(picture: Picture) {
  return Object.values(labPlanes(picture)).flatMap(({ data }) => {
    const mean = data.reduce((sum: number, value: number) => sum + value, 0) / data.length;
    const variance = data.reduce((sum: number, value: number) => sum + (value - mean) ** 2, 0) / data.length;
    return [mean, Math.sqrt(variance)];
  });
}

describe('Reinhard colour transfer', () => {
  it('gives the picture the mean and deviation of the reference in L, a and b', () => {
    const reference = cloud([140, 110, 90], 15, 2);
    const result = moments(transferColour(cloud([100, 120, 150], 8, 1), reference));
    moments(reference).forEach((expected, k) => {
      expect(Math.abs(result[k] - expected), `moment ${k}`).toBeLessThan(0.3);
    });
  });

  it('keeps size and alpha, and hidden pixels count for nothing', () => {
    const picture = cloud([100, 120, 150], 8, 1);
    for (let i = 0; i < 2000 * 4; i += 4) picture.data.set([255, 0, 255, 0], i);
    const result = transferColour(picture, picture);
    expect(result).toMatchObject({ width: 64, height: 64 });
    expect(result.data[3]).toBe(0);
    const visible = (data: Uint8ClampedArray) => data.subarray(2000 * 4);
    visible(result.data).forEach((value, i) => {
      expect(Math.abs(value - visible(picture.data)[i])).toBeLessThanOrEqual(1);
    });
  });

  it('of a flat picture is the mean colour of the reference', () => {
    const flat = cloud([50, 50, 50], 0, 1);
    const [mean, deviation] = moments(transferColour(flat, cloud([140, 110, 90], 15, 2)));
    expect(deviation).toBeLessThan(0.01);
    expect(mean).toBeGreaterThan(40);
  });
});
