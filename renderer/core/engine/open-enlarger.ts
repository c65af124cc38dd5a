/** Finds and opens the network that enlarges, by a name, by a file, or the best there is. */
import { LimnerError } from '../../../models/errors.ts';
import type { SessionOptions } from '../../../models/runtime/index.ts';
import { openAdaptedUpscaler } from '../../../models/style-file/adapted-network.ts';
import type { Style } from '../../../models/style-file/index.ts';
import { GENERATORS, SCALE } from '../../../models/upscale/generator.ts';
import {
  loadUpscaler,
  openUpscaler,
  type Upscaler,
  type UpscalerName,
} from '../../../models/upscale/upscale.ts';
import { readFileBytes } from '../files/read-file.ts';

/** What is taken when nobody says which. */
export const BEST_FIRST: readonly UpscalerName[] = ['srgan', 'srresnet', 'srgan-lite'];

export interface Enlarger {
  /** A name of BEST_FIRST, the path of a file, or what was adapted to which style. */
  readonly name: string;
  readonly upscaler: Upscaler;
}

/** @throws WEIGHTS_MISSING, BAD_WEIGHTS, DEVICE_UNAVAILABLE, and what reading a file throws */
export async function openEnlarger(
  weights: string | undefined,
  options: SessionOptions = {},
): Promise<Enlarger> {
  if (weights === undefined) return openBest(options);
  const isName = (BEST_FIRST as readonly string[]).includes(weights);
  return isName ? openNamed(weights as UpscalerName, options) : openFile(weights, options);
}

/** The network that a style brings, unless another is asked for or it brings none. */
export async function openStyleEnlarger(
  style: Style | null,
  weights: string | undefined,
  options: SessionOptions = {},
): Promise<Enlarger> {
  const adapted = style && weights === undefined ? await openAdaptedUpscaler(style, options) : null;
  if (!adapted) return openEnlarger(weights, options);
  return { name: `${adapted.name}, adapted to ${style!.manifest.name}`, upscaler: adapted.upscaler };
}

const openNamed = async (name: UpscalerName, options: SessionOptions): Promise<Enlarger> => ({
  name,
  upscaler: await loadUpscaler(name, options),
});

async function openBest(options: SessionOptions): Promise<Enlarger> {
  for (const name of BEST_FIRST) {
    try {
      return await openNamed(name, options);
    } catch (error) {
      if (!(error instanceof LimnerError && error.code === 'WEIGHTS_MISSING')) throw error;
    }
  }
  const files = BEST_FIRST.map((name) => `${name}.onnx`).join(', ');
  throw new LimnerError('WEIGHTS_MISSING', `None of the enlarging networks is there: ${files}.`);
}

async function openFile(path: string, options: SessionOptions): Promise<Enlarger> {
  const bytes = await readFileBytes(path);
  try {
    // A file does not say how far its network sees; the margin of the largest is enough for all.
    const upscaler = await openUpscaler(bytes, GENERATORS.srresnet, options);
    if (await isEnlarger(upscaler)) return { name: path, upscaler };
  } catch (cause) {
    if (cause instanceof LimnerError) throw cause;
    throw new LimnerError('BAD_WEIGHTS', `${path} does not run as a network that enlarges.`, { cause });
  }
  throw new LimnerError('BAD_WEIGHTS', `${path} is not a network that enlarges RGB by ${SCALE}.`);
}

async function isEnlarger({ session }: Upscaler): Promise<boolean> {
  const [height, width] = [8, 12];
  const feeds = {
    [session.inputNames[0]]: { dims: [1, 3, height, width], data: new Float32Array(3 * height * width) },
  };
  const { dims } = (await session.run(feeds))[session.outputNames[0]];
  return dims.join() === [1, 3, height * SCALE, width * SCALE].join();
}
