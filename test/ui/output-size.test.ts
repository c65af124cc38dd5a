import { describe, expect, it } from 'vitest';
import { MOST_PIXELS, outputSize } from '../../ui/app/output-size.ts';
import { portraitOf } from './fake-plugin/portrait-of.ts';

const avatar = { ...portraitOf('a', 'a'), width: 160, height: 160 };
const photo = {
  ...avatar,
  pictureWidth: 4000,
  pictureHeight: 3000,
  crop: { x: 0.125, y: 0, width: 0.75, height: 1 },
};

describe('the size of a result', () => {
  it('of a photo of 12 megapixels in a small avatar is what finds the face, not 192 megapixels', () => {
    const size = outputSize(photo, 'layer', MOST_PIXELS.here);
    expect(size).toEqual({
      painted: { width: 683, height: 512 },
      scale: 1,
      width: 683,
      height: 512,
      isLimited: false,
    });
  });

  it.each([
    [700, 1, 1400],
    [1000, 1, 2000],
    [2000, 2, 6000],
    [4000, 4, 12000],
  ])('of a layer of %s px covers it at twice its size', (edge, scale, least) => {
    const portrait = { ...photo, width: edge, height: edge };
    const size = outputSize(portrait, 'layer', MOST_PIXELS.renderer);
    expect(size.scale).toBe(scale);
    expect(size.height).toBeGreaterThanOrEqual(least);
  });

  it('regards what the layer shows of a turned picture', () => {
    const turned = {
      ...photo,
      turn: 90 as const,
      width: 600,
      height: 1200,
      crop: { x: 0, y: 0, width: 0.6, height: 0.4 },
    };
    expect(outputSize(turned, 'layer', MOST_PIXELS.here)).toMatchObject({
      width: 4000,
      height: 3000,
      scale: 1,
    });
  });

  it('is limited in this window, with the same shape', () => {
    const { width, height, isLimited } = outputSize(photo, 4, MOST_PIXELS.here);
    expect([width, height, isLimited]).toEqual([4000, 3000, true]);
    const huge = { ...photo, pictureWidth: 12000, pictureHeight: 9000 };
    const size = outputSize(huge, 2, MOST_PIXELS.here);
    expect(size.width * size.height).toBeLessThanOrEqual(MOST_PIXELS.here);
    expect(size.width / size.height).toBeCloseTo(4 / 3, 2);
    expect(outputSize(photo, 4, MOST_PIXELS.renderer)).toMatchObject({ width: 16000, isLimited: false });
  });
});
