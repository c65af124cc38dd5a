/** Where frames come from: files, folders of them, or a Figma file. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LimnerError } from '../../models/errors.ts';
import { readFileBytes } from '../core/files/read-file.ts';
import { fetchFrames } from './figma.ts';

export interface FrameSource {
  /** A path, or the name a result takes after. */
  readonly name: string;
  read(): Promise<string>;
}

export interface FrameOptions {
  readonly figma?: string;
  readonly node?: readonly string[];
  /** The environment variable that holds the token: tokens do not belong on command lines. */
  readonly tokenEnv: string;
  readonly figmaUrl?: string;
}

/** @throws USAGE, NO_PICTURES for an empty folder, FIGMA_FAILED */
export async function readFrames(
  paths: readonly string[],
  options: FrameOptions,
  signal: AbortSignal,
): Promise<FrameSource[]> {
  if ((options.figma === undefined) === (paths.length === 0)) {
    throw new LimnerError('USAGE', 'Expected either SVG files or --figma.');
  }
  if (options.figma !== undefined) return figmaFrames(options.figma, options, signal);
  const files = await Promise.all(paths.map(filesOf));
  return files.flat().map((name) => ({
    name,
    read: async () => new TextDecoder().decode(await readFileBytes(name)),
  }));
}

async function filesOf(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => /\.svg$/i.test(name) && !name.startsWith('.')).sort();
  if (names.length === 0) throw new LimnerError('NO_PICTURES', `There are no SVG files in ${path}.`);
  return names.map((name) => join(path, name));
}

async function figmaFrames(key: string, options: FrameOptions, signal: AbortSignal): Promise<FrameSource[]> {
  const token = process.env[options.tokenEnv];
  if (!token) {
    throw new LimnerError(
      'USAGE',
      `Expected a token of Figma in the environment variable ${options.tokenEnv}.`,
    );
  }
  const nodes = options.node ?? [];
  if (nodes.length === 0) throw new LimnerError('USAGE', 'Expected ids of nodes for --node.');
  const frames = await fetchFrames(key, nodes, { token, baseUrl: options.figmaUrl, signal });
  return [...frames].map(([node, svg]) => ({
    name: `${key}-${node.replaceAll(/[^\w-]/g, '-')}.svg`,
    read: async () => svg,
  }));
}
