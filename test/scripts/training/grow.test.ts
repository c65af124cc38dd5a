import { expect, test } from 'vitest';
import { initialParameters, layoutOf } from '../../../models/graph/parameters.ts';
import { type GeneratorSize, generator } from '../../../models/upscale/generator.ts';
import { inferenceModel } from '../../../models/upscale/inference-model.ts';
import { grow } from '../../../scripts/training/grow.ts';
import { normalNumbers, uniformNumbers } from '../../../scripts/training/random.ts';
import { openSession, tensor } from '../../../scripts/training/session.ts';

const small: GeneratorSize = { blocks: 1, channels: 13, form: 'direct' };

async function outputOf(size: GeneratorSize, theta: Float32Array, low: Float32Array): Promise<Float32Array> {
  const layout = layoutOf(generator(size), [1, 3, 24, 24]);
  const session = await openSession(inferenceModel(generator(size), theta, layout, false), 1);
  const { high } = await session.run({ low: tensor(low, [1, 3, 9, 7]) });
  return high.data as Float32Array;
}

test.each<GeneratorSize>([
  { blocks: 3, channels: 16, form: 'direct' },
  { blocks: 2, channels: 16, form: 'paper' },
])('a grown generator computes what the smaller one did: %o', async (large) => {
  const theta = initialParameters(layoutOf(generator(small), [1, 3, 24, 24]), normalNumbers(3));
  const low = Float32Array.from({ length: 3 * 9 * 7 }, uniformNumbers(4));
  const before = await outputOf(small, theta, low);
  const after = await outputOf(large, grow(theta, small, large, 5), low);
  const worst = before.reduce((most, value, i) => Math.max(most, Math.abs(value - after[i])), 0);
  expect(worst).toBeLessThan(1e-5);
});
