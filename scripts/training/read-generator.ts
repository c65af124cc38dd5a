import { GENERATORS, type GeneratorSize } from '../../models/upscale/generator.ts';
import { generatorLayout } from './grow.ts';
import { readTheta } from './read-theta.ts';

export interface StoredGenerator {
  readonly theta: Float32Array;
  readonly size: GeneratorSize;
}

/**
 * A generator as a file keeps it: the weights in an ONNX file, or the averaged ones of a checkpoint.
 * @throws Error for a file that is neither
 */
export function readGenerator(file: string): StoredGenerator {
  for (const size of Object.values(GENERATORS)) {
    const theta = readTheta(file, generatorLayout(size));
    if (theta) return { theta, size };
  }
  throw new Error(`${file} holds the weights of no known network.`);
}
