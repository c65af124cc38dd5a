import { describe, expect, it } from 'vitest';
import { drawBatch, type Source } from '../../../models/adapt/batches.ts';
import { measureDistribution } from '../../../models/adapt/distribution.ts';
import { windowsOf } from '../../../models/adapt/windows.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';

/** Grey ramps; what is held out is pure red, what chooses pure green, so that a glimpse of either shows. */
function markedReference(): Picture {
  const [width, height] = [320, 400];
  const { heldOut, validation } = windowsOf({ width, height });
  const data = new Uint8ClampedArray(width * height * 4);
  const isIn = (x: number, y: number, r: typeof heldOut) =>
    x >= r.x && x < r.x + r.width && y >= r.y && y < r.y + r.height;
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const grey = 60 + ((x * 3 + y * 2) % 120);
    const colour = isIn(x, y, heldOut)
      ? [255, 0, 0]
      : isIn(x, y, validation)
        ? [0, 255, 0]
        : [grey, grey, grey];
    data.set([...colour, 255], 4 * i);
  }
  return { width, height, data };
}

const reference = markedReference();
const source: Source = {
  reference,
  windows: windowsOf(reference),
  distribution: { ...measureDistribution(reference), exposure: 0 },
  samples: [],
  renders: [],
};
const SHAPE = { paired: 3, unpaired: 2, edge: 24 };

describe('a batch', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(drawBatch(source, SHAPE, 16, 5)).toEqual(drawBatch(source, SHAPE, 16, 5));
    expect(drawBatch(source, SHAPE, 16, 6)).not.toEqual(drawBatch(source, SHAPE, 16, 5));
  });

  it('never shows anything of the windows', () => {
    for (let seed = 0; seed < 60; seed++) {
      const { low, real } = drawBatch(source, SHAPE, 0, seed);
      for (const [planes, area] of [
        [low, 24 * 24],
        [real, 96 * 96],
      ] as const)
        for (let n = 0; n < 5; n++)
          for (let i = 0; i < area; i += 7) {
            const [red, green] = [planes[3 * n * area + i], planes[(3 * n + 1) * area + i]];
            expect(Math.abs(red - green)).toBeLessThan(0.02);
          }
    }
  });

  it('pairs a crop with itself shrunk', () => {
    const { low, real } = drawBatch(source, { paired: 1, unpaired: 0, edge: 24 }, 0, 3);
    const high = { width: 96, height: 96, data: new Uint8ClampedArray(96 * 96 * 4) };
    for (let i = 0; i < 96 * 96; i++)
      high.data.set([0, 1, 2].map((c) => real[c * 96 * 96 + i] * 255).concat(255), 4 * i);
    const shrunk = resizePicture(high, 24, 24);
    const middle = 12 * 24 + 12; // away from the crop's border, where shrinking saw beyond it
    expect(Math.abs(low[middle] * 255 - shrunk.data[4 * middle])).toBeLessThan(3);
  });

  it('gives directions of length 1 that do not see brightness', () => {
    const { directions } = drawBatch(source, SHAPE, 0, 1);
    expect(Math.hypot(...directions.subarray(0, 147))).toBeCloseTo(1, 4);
    expect(directions.subarray(0, 49).reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 4);
  });
});
