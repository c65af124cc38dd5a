/**
 * Reads a TensorFlow.js graph model: a JSON topology beside binary weight shards.
 * It executes nothing and keeps quantized weights as they are stored.
 * Format: https://github.com/tensorflow/tfjs/tree/master/tfjs-converter
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface TfConstant {
  readonly shape: readonly number[];
  /** float16 values are raw IEEE 754 half bits. */
  readonly type: 'float32' | 'float16' | 'int32';
  readonly data: Float32Array | Uint16Array | Int32Array;
}

interface AttributeValue {
  readonly i?: string;
  readonly s?: string;
  readonly b?: boolean;
  readonly list?: { readonly i?: readonly string[]; readonly s?: readonly string[] };
  readonly shape?: { readonly dim: readonly { readonly size: string }[] };
}

export interface TfNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue | undefined>>;
}

export interface TfGraph {
  readonly nodes: ReadonlyMap<string, TfNode>;
  readonly constants: ReadonlyMap<string, TfConstant>;
}

interface ModelJson {
  modelTopology: { node: { name: string; op: string; input?: string[]; attr?: TfNode['attributes'] }[] };
  weightsManifest: { paths: string[]; weights: WeightEntry[] }[];
}

interface WeightEntry {
  name: string;
  shape: number[];
  dtype: string;
  quantization?: { dtype: string };
}

/** @param path of the model's JSON; the shards are looked for beside it. */
export function readGraph(path: string): TfGraph {
  const model: ModelJson = JSON.parse(readFileSync(path, 'utf8'));
  const nodes = model.modelTopology.node.map(({ name, op, input = [], attr = {} }): [string, TfNode] => [
    name,
    { name, op, inputs: input.map((from) => from.replace(/:0$/, '')), attributes: attr },
  ]);
  const constants = model.weightsManifest.flatMap(({ paths, weights }) =>
    readWeights(Buffer.concat(paths.map((shard) => readFileSync(join(dirname(path), shard)))), weights),
  );
  return { nodes: new Map(nodes), constants: new Map(constants) };
}

function readWeights(bytes: Buffer, entries: readonly WeightEntry[]): [string, TfConstant][] {
  let offset = 0;
  return entries.map((entry) => {
    const count = entry.shape.reduce((product, size) => product * size, 1);
    const type = entry.quantization?.dtype ?? entry.dtype;
    const size = count * (type === 'float16' ? 2 : 4);
    const buffer = Uint8Array.from(bytes.subarray(offset, offset + size)).buffer;
    offset += size;
    return [entry.name, { shape: entry.shape, ...typed(type, buffer) }];
  });
}

function typed(type: string, buffer: ArrayBuffer): Pick<TfConstant, 'type' | 'data'> {
  if (type === 'float32') return { type, data: new Float32Array(buffer) };
  if (type === 'float16') return { type, data: new Uint16Array(buffer) };
  if (type === 'int32') return { type, data: new Int32Array(buffer) };
  throw new Error(`Expected float32, float16 or int32 weights but received ${type}.`);
}

/** A list-of-integers attribute, e.g. `strides`. */
export const integers = (node: TfNode, name: string): number[] =>
  (node.attributes[name]?.list?.i ?? []).map(Number);

/** A string attribute; tfjs stores strings in base64. */
export const text = (node: TfNode, name: string): string => decode(node.attributes[name]?.s ?? '');

/** A list-of-strings attribute, e.g. `fused_ops`. */
export const texts = (node: TfNode, name: string): string[] =>
  (node.attributes[name]?.list?.s ?? []).map(decode);

const decode = (base64: string): string => Buffer.from(base64, 'base64').toString();
