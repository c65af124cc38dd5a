/**
 * Which native libraries onnxruntime-node would find on this machine. Node only.
 */
import { importBuiltin } from './builtin.ts';

/** Debian's and Red Hat's library folders, for the architectures onnxruntime-node is built for. */
const LIBRARY_FOLDERS = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/usr/local/lib',
  '/lib64',
  '/lib',
];

/** WebGPU needs a Vulkan loader on Linux, and nothing elsewhere. */
export async function hasVulkanLoader(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const extra = (process.env['LD_LIBRARY_PATH'] ?? '').split(':').filter((folder) => folder !== '');
  return exists([...extra, ...LIBRARY_FOLDERS].map((folder) => `${folder}/libvulkan.so.1`));
}

/** The CUDA provider is not in the npm package; see docs/command-line.md for how it is added. */
export async function hasCudaProvider(): Promise<boolean> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return false;
  const { createRequire } = await importBuiltin<typeof import('node:module')>('node:module');
  const { dirname, join } = await importBuiltin<typeof import('node:path')>('node:path');
  const main = createRequire(import.meta.url).resolve('onnxruntime-node');
  const binaries = join(dirname(dirname(main)), 'bin', 'napi-v6', 'linux', 'x64');
  return exists([join(binaries, 'libonnxruntime_providers_cuda.so')]);
}

async function exists(paths: readonly string[]): Promise<boolean> {
  const { existsSync } = await importBuiltin<typeof import('node:fs')>('node:fs');
  return paths.some((path) => existsSync(path));
}
