import { existsSync, readFileSync } from 'node:fs';
import type { Layout } from '../../models/graph/parameters.ts';
import { readParameters } from '../../models/graph/read-model.ts';
import { readCheckpoint } from './checkpoint.ts';

/**
 * A network's parameters as a file keeps them: the weights in an ONNX file, or the averaged ones of a checkpoint; undefined
 * where they are of another network.
 * @throws Error where there is no file
 */
export function readTheta(file: string, layout: Layout): Float32Array | undefined {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  if (file.endsWith('.onnx')) return fromModel(file, layout);
  const average = readCheckpoint(file)?.vectors['average'];
  return average?.length === layout.size ? average : undefined;
}

function fromModel(file: string, layout: Layout): Float32Array | undefined {
  try {
    return readParameters(readFileSync(file), layout);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
