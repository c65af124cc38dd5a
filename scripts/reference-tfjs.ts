/**
 * Runs the original TensorFlow.js networks on a fixed picture and keeps samples of what they answer, so that the
 * converted ones can be compared without TensorFlow.js:
 *
 *   node scripts/reference-tfjs.ts [--models DIR]    writes test/fixtures/parity/NETWORK.json
 *
 * TensorFlow.js 4.22 (cpu backend) comes bundled with @vladmandic/human.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { NetworkSpec } from './tfjs/converter.ts';
import { forEachNetwork, humanPackage, root } from './tfjs/networks.ts';
import { parityInput } from './tfjs/parity-input.ts';

const MOST_SAMPLES = 256;

interface TfTensor {
  readonly shape: readonly number[];
  dataSync(): Float32Array;
}
interface TfGraphModel {
  readonly inputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  execute(inputs: Record<string, TfTensor>, outputs: readonly string[]): TfTensor | TfTensor[];
}
interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  loadGraphModel(handler: { load(): Promise<unknown> }): Promise<TfGraphModel>;
  tensor4d(values: Float32Array, shape: readonly number[]): TfTensor;
}

const { values: options } = parseArgs({ options: { models: { type: 'string' } } });
const tf = await loadTensorFlow();
const folder = join(root, 'test', 'fixtures', 'parity');
mkdirSync(folder, { recursive: true });
await forEachNetwork(options.models, async (spec, modelPath) => {
  const outputs = await runOriginal(spec, modelPath);
  writeFileSync(join(folder, `${spec.name}.json`), `${JSON.stringify(outputs)}\n`);
});

/** The bundle is made for browsers: in Node it runs when it finds a window. */
async function loadTensorFlow(): Promise<TensorFlow> {
  const document = { createElement: () => ({ getContext: () => null }) };
  Object.assign(globalThis, { window: globalThis, document });
  const tensorflow: TensorFlow = await import(join(humanPackage, 'dist', 'tfjs.esm.js'));
  await tensorflow.setBackend('cpu');
  return tensorflow;
}

async function runOriginal(spec: NetworkSpec, modelPath: string) {
  const model = await tf.loadGraphModel({ load: async () => readArtifacts(modelPath) });
  const [{ name, shape }] = model.inputs;
  const side = shape[1];
  const { instead = {} } = spec;
  const input = toChannelsLast(await parityInput(spec.name, side), side);
  const results = model.execute({ [name]: tf.tensor4d(input, [1, side, side, 3]) }, [
    ...Object.values(spec.outputs),
    ...Object.values(instead),
  ]);
  const tensors = Array.isArray(results) ? results : [results];
  const outputs = Object.keys(spec.outputs);
  return Object.fromEntries([
    ...outputs.map((key, i) => [key, summarize(tensors[i].dataSync())]),
    ...Object.keys(instead).map((key, i) => [key, rounded(tensors[outputs.length + i].dataSync())]),
  ]);
}

function readArtifacts(modelPath: string) {
  const { modelTopology, format, signature, weightsManifest } = JSON.parse(readFileSync(modelPath, 'utf8'));
  const weightData = Uint8Array.from(readFileSync(modelPath.replace(/json$/, 'bin'))).buffer;
  const weightSpecs = weightsManifest.flatMap((group: { weights: unknown[] }) => group.weights);
  return { modelTopology, format, signature, weightSpecs, weightData };
}

function toChannelsLast(input: Float32Array, side: number): Float32Array {
  return input.map((_, i) => input[(i % 3) * side * side + Math.floor(i / 3)]);
}

/** `samples` are every `step`-th value. */
function summarize(values: Float32Array) {
  const step = Math.ceil(values.length / MOST_SAMPLES);
  const samples = rounded(values.filter((_, i) => i % step === 0));
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { length: values.length, largest: Number(largest.toPrecision(7)), step, samples };
}

function rounded(values: Float32Array): number[] {
  return Array.from(values, (value) => Number(value.toPrecision(7)));
}
