/**
 * Weight files by name. It does not know what they hold; MODEL_CARD.md does.
 *
 * In Node they lie in models/weights/ of a checkout, or in weights/ beside a bundle; LIMNER_WEIGHTS names another
 * folder. A browser page registers how it gets them, because only the page knows its server.
 */
import { LimnerError } from '../errors.ts';
import { importBuiltin } from './builtin.ts';
import { isNode } from './onnxruntime.ts';

/** Gets the bytes of a file of weights, e.g. `facemesh.onnx`. */
export type FetchWeights = (fileName: string) => Promise<Uint8Array>;

let fetchWeights: FetchWeights | undefined;

/** Replaces the way weight files are found, in Node too. */
export function useWeights(fetcher: FetchWeights): void {
  fetchWeights = fetcher;
}

/**
 * @param name without extension, e.g. `facemesh`
 * @returns the bytes of an ONNX model
 * @throws WEIGHTS_MISSING when the file cannot be had
 */
export async function loadWeights(name: string): Promise<Uint8Array> {
  const fileName = `${name}.onnx`;
  try {
    if (fetchWeights) return await fetchWeights(fileName);
    if (isNode) return await readWeights(fileName);
  } catch (cause) {
    throw new LimnerError('WEIGHTS_MISSING', `The weights ${fileName} could not be loaded.`, { cause });
  }
  throw new LimnerError('INTERNAL', `No way to load ${fileName} was registered with useWeights.`);
}

async function readWeights(fileName: string): Promise<Uint8Array> {
  const { readFile } = await importBuiltin<typeof import('node:fs/promises')>('node:fs/promises');
  return new Uint8Array(await readFile(await findWeights(fileName)));
}

/** Looks in LIMNER_WEIGHTS, else upwards from this module: `weights/` and `models/weights/` of each folder. */
async function findWeights(fileName: string): Promise<string> {
  const { existsSync } = await importBuiltin<typeof import('node:fs')>('node:fs');
  const { fileURLToPath } = await importBuiltin<typeof import('node:url')>('node:url');
  const { dirname, join } = await importBuiltin<typeof import('node:path')>('node:path');
  const override = process.env['LIMNER_WEIGHTS'];
  if (override) return join(override, fileName);
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    for (const inside of ['weights', join('models', 'weights')]) {
      const path = join(folder, inside, fileName);
      if (existsSync(path)) return path;
    }
    if (folder === dirname(folder)) throw new Error(`${fileName} is in no weights folder above ${start}.`);
  }
}
