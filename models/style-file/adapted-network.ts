import { LimnerError } from '../errors.ts';
import { layoutOf } from '../graph/parameters.ts';
import { readParameters } from '../graph/read-model.ts';
import type { SessionOptions } from '../runtime/index.ts';
import { GENERATORS, type GeneratorSize, generator, inputChannels } from '../upscale/generator.ts';
import { inferenceModel } from '../upscale/inference-model.ts';
import { openUpscaler, type Upscaler } from '../upscale/upscale.ts';
import { ADAPTABLE, type AdaptableName, type Style } from './index.ts';

export interface AdaptedUpscaler {
  readonly name: AdaptableName;
  readonly upscaler: Upscaler;
}

/**
 * The generator that a style brings, the better one where it brings two; null where it brings none. Only numbers are
 * taken from the file: a style comes from anywhere, and a graph of unknown origin is not run.
 * @throws BAD_WEIGHTS for a network of a shape that this version does not know; DEVICE_UNAVAILABLE
 */
export async function openAdaptedUpscaler(
  { manifest, weights }: Style,
  options?: SessionOptions,
): Promise<AdaptedUpscaler | null> {
  const name = ADAPTABLE.find((candidate) => weights[candidate]);
  if (!name) return null;
  for (const size of Object.values(GENERATORS)) {
    const adapted = { ...size, grain: true };
    const model = rebuild(weights[name]!, adapted);
    if (model) return { name, upscaler: await openUpscaler(model, adapted, options) };
  }
  throw new LimnerError('BAD_WEIGHTS', `The style ${manifest.name} has a network of unknown shape.`);
}

function rebuild(model: Uint8Array, size: GeneratorSize): Uint8Array | null {
  const layout = layoutOf(generator(size), [1, inputChannels(size), 8, 8]);
  try {
    return inferenceModel(generator(size), readParameters(model, layout), layout, true, inputChannels(size));
  } catch {
    return null;
  }
}
