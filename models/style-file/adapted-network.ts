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

/** The shape of what is adapted now, and of what earlier versions adapted. */
const [SHAPE, EARLIER] = (['srgan', 'srgan-lite'] as const).map((name) => ({
  ...GENERATORS[name],
  grain: true,
}));

/**
 * The generator that a style brings; null where it brings none, or an earlier version's small one, which the shipped
 * `srgan` is better than. Only numbers are taken from the file: a style comes from anywhere, and a graph of unknown origin
 * is not run.
 * @throws BAD_WEIGHTS for a network of a shape that this version does not know; DEVICE_UNAVAILABLE
 */
export async function openAdaptedUpscaler(
  { manifest, weights }: Style,
  options?: SessionOptions,
): Promise<AdaptedUpscaler | null> {
  const name = ADAPTABLE.find((candidate) => weights[candidate]);
  if (!name) return null;
  const model = rebuild(weights[name]!, SHAPE);
  if (model) return { name, upscaler: await openUpscaler(model, SHAPE, options) };
  if (rebuild(weights[name]!, EARLIER)) return null;
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
