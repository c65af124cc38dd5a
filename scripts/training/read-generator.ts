import { existsSync, readFileSync } from 'node:fs';
import { readParameters } from '../../models/graph/read-model.ts';
import { GENERATORS, type GeneratorSize } from '../../models/upscale/generator.ts';
import { readCheckpoint } from './checkpoint.ts';
import { generatorLayout } from './grow.ts';

export interface StoredGenerator {
  readonly theta: Float32Array;
  readonly size: GeneratorSize;
}

/**
 * A generator as a file keeps it: the weights in an ONNX file, or the averaged ones of a checkpoint.
 * @throws Error for a file that is neither
 */
export function readGenerator(file: string): StoredGenerator {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  const found = Object.values(GENERATORS)
    .map((size) => ({
      size,
      theta: file.endsWith('.onnx') ? fromModel(file, size) : fromCheckpoint(file, size),
    }))
    .find(({ theta }) => theta !== undefined);
  if (!found?.theta) throw new Error(`${file} holds the weights of no known network.`);
  return { theta: found.theta, size: found.size };
}

function fromModel(file: string, size: GeneratorSize): Float32Array | undefined {
  try {
    return readParameters(readFileSync(file), generatorLayout(size));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function fromCheckpoint(file: string, size: GeneratorSize): Float32Array | undefined {
  const average = readCheckpoint(file)?.vectors['average'];
  return average?.length === generatorLayout(size).size ? average : undefined;
}
