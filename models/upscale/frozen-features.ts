/**
 * The first layers of a trained network as a differentiable function: what the content loss compares (the place of
 * VGG19 in Ledig et al. 2017). Its weights stay as they are; gradients pass to its input only.
 */
import onnxProto from 'onnx-proto';
import { clipAbove, clipBelow, relu } from '../graph/activation.ts';
import { add, multiply } from '../graph/arithmetic.ts';
import { frozenConvolution } from '../graph/convolution.ts';
import type { Tensor } from '../graph/graph.ts';
import { type Weights, weightsOf } from '../graph/read-model.ts';

const { onnx } = onnxProto;

/** A layer with its constant: weights of a Conv, the other side of an Add, Mul, Min or Max. */
export interface FrozenLayer {
  readonly op: string;
  readonly weights?: Weights;
  /** Of a Conv. */
  readonly geometry?: { readonly stride: number; readonly pads: readonly number[]; readonly group: number };
}

/**
 * The layers up to `depth` convolutions (with what follows them up to the next one) of an ONNX model whose layers are
 * Conv, Add, Mul, Relu, Min and Max with constants, one after another, such as a MobileNet.
 * @throws RangeError for any other operator
 */
export function readLayers(model: Uint8Array, depth: number): FrozenLayer[] {
  const graph = onnx.ModelProto.decode(model).graph!;
  const weights = weightsOf(graph);
  const layers: FrozenLayer[] = [];
  let convolutions = 0;
  for (const node of graph.node!) {
    if (node.opType === 'Cast') continue;
    if (node.opType === 'Conv' && ++convolutions > depth) break;
    layers.push(layerOf(node, weights.get(node.input![1])));
  }
  return layers;
}

/** The output after the layers of `readLayers`. */
export function frozenFeatures(model: Uint8Array, depth: number): (x: Tensor) => Tensor {
  const layers = readLayers(model, depth);
  return (x) => layers.reduce(applyLayer, x);
}

const WITH_CONSTANT = ['Conv', 'Add', 'Mul', 'Min', 'Max'];

function layerOf(node: onnxProto.onnx.INodeProto, weights: Weights | undefined): FrozenLayer {
  const op = node.opType!;
  if (op === 'Relu') return { op };
  if (!WITH_CONSTANT.includes(op)) throw new RangeError(`Expected a layer but received ${op}.`);
  if (!weights) throw new RangeError(`Expected ${node.name} (${op}) to have constant weights.`);
  if (op !== 'Conv') return { op, weights };
  const group = Number(node.attribute!.find(({ name }) => name === 'group')?.i ?? 1);
  const geometry = { stride: integers(node, 'strides')[0], pads: integers(node, 'pads'), group };
  return { op, weights, geometry };
}

function applyLayer(x: Tensor, { op, weights, geometry }: FrozenLayer): Tensor {
  if (!weights) return relu(x);
  const constant = x.graph.constant(weights.data, weights.shape);
  if (geometry) return frozenConvolution(x, constant, geometry);
  if (op === 'Add') return add(x, constant);
  if (op === 'Mul') return multiply(x, constant);
  return op === 'Min' ? clipAbove(x, weights.data[0]) : clipBelow(x, weights.data[0]);
}

const integers = (node: onnxProto.onnx.INodeProto, attribute: string): number[] =>
  node.attribute!.find(({ name }) => name === attribute)!.ints!.map(Number);
