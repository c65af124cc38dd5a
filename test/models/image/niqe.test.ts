import { expect, test } from 'vitest';
import { filterInside, gaussianKernel } from '../../../models/image/filter.ts';
import { fitNiqe, niqe } from '../../../models/image/niqe.ts';
import type { Picture, Plane } from '../../../models/image/picture.ts';
import { randomNumbers } from '../graph/run.ts';

const EDGE = 288;

/** A field of soft discs of many sizes over each other, as photographs have objects ("dead leaves"). */
function leaves(seed: number): Picture {
  const random = randomNumbers(seed);
  const grey = new Float32Array(EDGE * EDGE).fill(128);
  for (let leaf = 0; leaf < 400; leaf++) {
    const radius = 3 / (0.04 + Math.abs(random()));
    const [cx, cy, value] = [((random() + 1) * EDGE) / 2, ((random() + 1) * EDGE) / 2, 128 + 110 * random()];
    for (let y = Math.max(0, Math.ceil(cy - radius)); y < Math.min(EDGE, cy + radius); y++) {
      for (let x = Math.max(0, Math.ceil(cx - radius)); x < Math.min(EDGE, cx + radius); x++) {
        if ((x - cx) ** 2 + (y - cy) ** 2 < radius * radius) grey[y * EDGE + x] = value;
      }
    }
  }
  return picture({ width: EDGE, height: EDGE, data: grey.map((v) => v + 3 * random()) });
}

function picture({ width, height, data }: Plane): Picture {
  const rgba = new Uint8ClampedArray(4 * data.length).map((_, i) => (i % 4 === 3 ? 255 : data[i >> 2]));
  return { width, height, data: rgba };
}

const blurred = ({ width, height, data }: Picture): Picture => {
  const plane = { width, height, data: Float32Array.from({ length: width * height }, (_, i) => data[4 * i]) };
  return picture(filterInside(plane, gaussianKernel(9, 1.5)));
};

function noisy(source: Picture, seed: number): Picture {
  const random = randomNumbers(seed);
  return { ...source, data: source.data.map((v, i) => (i % 4 === 3 ? v : v + 40 * random())) };
}

test('pictures like those of the model score lower than the same blurred or noisy', async () => {
  const model = await fitNiqe(Array.from({ length: 16 }, (_, i) => leaves(i + 10)));
  const fresh = leaves(9);
  const score = niqe(fresh, model);
  expect(niqe(blurred(fresh), model)).toBeGreaterThan(1.5 * score);
  expect(niqe(noisy(fresh, 1), model)).toBeGreaterThan(1.2 * score);
});

test('too small a picture, and too few patches for a model, are refused', async () => {
  const model = { mean: [], covariance: [] };
  expect(() => niqe({ width: 95, height: 200, data: new Uint8ClampedArray(95 * 200 * 4) }, model)).toThrow(
    RangeError,
  );
});
