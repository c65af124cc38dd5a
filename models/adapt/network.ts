/** The generator that is adapted: one of the shipped ones, with noise beside its input. */

import { sizeOf } from '../graph/graph.ts';
import { initialParameters, type Layout, layoutOf } from '../graph/parameters.ts';
import { readParameters } from '../graph/read-model.ts';
import { seededNormal } from '../image/random.ts';
import type { AdaptableName } from '../style-file/index.ts';
import { GENERATORS, type GeneratorSize, generator, inputChannels } from '../upscale/generator.ts';
import { inferenceModel } from '../upscale/inference-model.ts';

/** The shape of an adapted generator. */
export const adaptedSize = (name: AdaptableName): GeneratorSize => ({ ...GENERATORS[name], grain: true });

export const generatorLayout = (size: GeneratorSize): Layout =>
  layoutOf(generator(size), [1, inputChannels(size), 8, 8]);

/** The parameters of a shipped generator in the layout of its adapted form, whose grain is nothing at first. */
export function parametersToAdapt(shipped: Uint8Array, name: AdaptableName, seed: number): Float32Array {
  const from = generatorLayout(GENERATORS[name]);
  const to = generatorLayout(adaptedSize(name));
  const theta = readParameters(shipped, from);
  const adapted = initialParameters(to, seededNormal(seed));
  for (const { name: slot, shape, offset } of from.slots) {
    const target = to.slots.find((candidate) => candidate.name === slot)!;
    adapted.set(theta.subarray(offset, offset + sizeOf(shape)), target.offset);
  }
  return adapted;
}

/** The ONNX model of adapted parameters, as a style keeps it: float16. */
export function adaptedModel(theta: Float32Array, size: GeneratorSize, half = true): Uint8Array {
  return inferenceModel(generator(size), theta, generatorLayout(size), half, inputChannels(size));
}
