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

/** Of graphics cards on Linux: of all drivers, of NVIDIA's in a container, and of Windows below WSL. */
const CARDS = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'];

/**
 * WebGPU needs a Vulkan loader, a driver and a card on Linux, and nothing elsewhere. A software renderer (Mesa's lavapipe comes with
 * its other drivers) needs no card, complains on the terminal, and is slower than the processor: only one that is named counts.
 * @param cards of which one has to be there
 * @returns what is missing
 */
export async function findVulkanObstacle(cards: readonly string[] = CARDS): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  const extra = foldersOf('LD_LIBRARY_PATH', '');
  const hasLoader = await exists([...extra, ...LIBRARY_FOLDERS].map((folder) => `${folder}/libvulkan.so.1`));
  const named = [...foldersOf('VK_DRIVER_FILES', ''), ...foldersOf('VK_ICD_FILENAMES', '')];
  const hasDriver = named.length > 0 ? await exists(named) : await hasVulkanDriver();
  if (!hasLoader || !hasDriver)
    return 'No Vulkan driver is installed (libvulkan.so.1, and a driver in vulkan/icd.d).';
  if (named.length > 0 || (await exists(cards))) return undefined;
  return `No graphics card is there (${cards.join(', ')}).`;
}

/**
 * Whether the loader would find a driver where it looks for them (Vulkan-Loader, "Driver Discovery on Linux"); without one
 * it complains on the terminal.
 */
async function hasVulkanDriver(): Promise<boolean> {
  const home = process.env['HOME'] ?? '';
  const folders = [
    ...foldersOf('XDG_CONFIG_HOME', `${home}/.config`),
    ...foldersOf('XDG_CONFIG_DIRS', '/etc/xdg'),
    ...foldersOf('XDG_DATA_HOME', `${home}/.local/share`),
    ...foldersOf('XDG_DATA_DIRS', '/usr/local/share:/usr/share'),
    '/etc',
  ];
  const { readdir } = await importBuiltin<typeof import('node:fs/promises')>('node:fs/promises');
  for (const folder of folders) {
    const files = await readdir(`${folder}/vulkan/icd.d`).catch(() => []);
    if (files.some((file) => file.endsWith('.json'))) return true;
  }
  return false;
}

const foldersOf = (variable: string, usual: string): string[] =>
  (process.env[variable] || usual).split(':').filter((folder) => folder !== '');

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
