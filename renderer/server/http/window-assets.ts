/** The files that the plugin's window needs beside its code, gzipped, from what is installed. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { zipSync } from 'fflate';
import { loadWeights } from '../../../models/runtime/index.ts';
import type { AssetName } from '../../../protocol/window-assets.ts';
import { findStarter, listStarters } from '../../core/styles/starters.ts';

/** The hosted window may use WebGPU, which takes a larger runtime. */
export type WindowKind = 'inlined' | 'hosted';

const RUNTIMES: Record<WindowKind, string> = {
  inlined: 'ort-wasm-simd-threaded.wasm',
  hosted: 'ort-wasm-simd-threaded.asyncify.wasm',
};

/** @throws WEIGHTS_MISSING when a network is not installed */
export async function packAsset(name: AssetName, kind: WindowKind): Promise<Buffer> {
  return promisify(gzip)(await readAsset(name, kind), { level: name === 'starters' ? 1 : 9 });
}

async function readAsset(name: AssetName, kind: WindowKind): Promise<Uint8Array> {
  if (name === 'starters') return packStarters();
  if (name !== 'runtime') return loadWeights(name);
  const folder = dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));
  return readFile(join(folder, RUNTIMES[kind]));
}

async function packStarters(): Promise<Uint8Array> {
  const files = (await listStarters()).map(async (name) => {
    const path = (await findStarter(name)) as string;
    return [`${name}.webp`, await readFile(path)] as const;
  });
  return zipSync(Object.fromEntries(await Promise.all(files)), { level: 0 });
}
