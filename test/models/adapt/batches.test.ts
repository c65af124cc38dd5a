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
};
const SHAPE = { paired: 3, matched: 2, edge: 24 };

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
    const { low, real } = drawBatch(source, { paired: 1, matched: 0, edge: 24 }, 0, 3);
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

describe('matched pictures', () => {
  /** Red says which column of the reference a pixel is of, green which row. */
  const colourOf = (u: number, v: number) => [0.7 * u, 0.6 * v, 0, 255];
  const placed: Picture = {
    ...reference,
    data: Uint8ClampedArray.from(
      { length: 320 * 400 * 4 },
      (_, i) => colourOf((i >> 2) % 320, Math.floor((i >> 2) / 320))[i % 4],
    ),
  };
  /** The reference moved by 30 px to the right and 20 px down. */
  const [moveX, moveY] = [30, 20];
  const map = (f: (i: number) => number) => ({
    width: 320,
    height: 400,
    data: Float32Array.from({ length: 320 * 400 }, (_, i) => f(i)),
  });
  const sample = {
    picture: placed,
    source: {
      x: map((i) => (i % 320) - moveX),
      y: map((i) => Math.floor(i / 320) - moveY),
    },
    repainted: {
      ...placed,
      data: Uint8ClampedArray.from(
        { length: 320 * 400 * 4 },
        (_, i) => colourOf(((i >> 2) % 320) - moveX, Math.floor((i >> 2) / 320) - moveY)[i % 4],
      ),
    },
  };
  const distribution = { ...source.distribution, mirrored: false };
  const draw = (seed: number, samples: Source['samples']) =>
    drawBatch(
      { ...source, reference: placed, distribution, samples },
      { paired: 0, matched: 1, edge: 24 },
      0,
      seed,
    );
  /** The columns and rows that a picture shows, as its colours say. */
  const shown = (planes: Float32Array, edge: number) => {
    const range = (channel: number, factor: number) => {
      const values = planes.subarray(channel * edge * edge, (channel + 1) * edge * edge);
      return [Math.min(...values), Math.max(...values)].map((value) => (value * 255) / factor);
    };
    return { columns: range(0, 0.7), rows: range(1, 0.6) };
  };

  it('lie in the reference around the place that the source map of their sample says', () => {
    for (let seed = 0; seed < 60; seed++) {
      const { low, real } = draw(seed, [sample]);
      const [small, large] = [shown(low, 24), shown(real, 96)];
      for (const axis of ['columns', 'rows'] as const) {
        expect(small[axis][1] - small[axis][0]).toBeLessThan(24 + 3);
        expect(small[axis][0]).toBeGreaterThan(large[axis][0] - 3);
        expect(small[axis][1]).toBeLessThan(large[axis][1] + 3);
      }
    }
  });

  it('show nothing of the windows, on either side', () => {
    const { heldOut } = source.windows;
    for (let seed = 0; seed < 60; seed++) {
      const { low, real } = draw(seed, [sample]);
      for (const { columns, rows } of [shown(low, 24), shown(real, 96)])
        expect(columns[1] < heldOut.x || rows[0] > heldOut.y + heldOut.height).toBe(true);
    }
  });

  it('are another pair where nothing was repainted', () => {
    const { low, real } = draw(7, [{ ...sample, repainted: null }]);
    const [small, large] = [shown(low, 24), shown(real, 96)];
    expect(Math.abs(small.columns[0] - large.columns[0])).toBeLessThan(6);
    expect(small.columns[1] - small.columns[0]).toBeGreaterThan(80);
  });
});
