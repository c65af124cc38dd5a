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

/**
 * The output after the first `depth` convolutions (with what follows them up to the next one) of an ONNX model whose
 * layers are Conv, Add, Mul, Relu, Min and Max with constants, one after another, such as a MobileNet.
 * @throws RangeError for any other operator
 */
export function frozenFeatures(model: Uint8Array, depth: number): (x: Tensor) => Tensor {
  const graph = onnx.ModelProto.decode(model).graph!;
  const weights = weightsOf(graph);
  const layers: onnxProto.onnx.INodeProto[] = [];
  let convolutions = 0;
  for (const node of graph.node!) {
    if (node.opType === 'Cast') continue;
    if (node.opType === 'Conv' && ++convolutions > depth) break;
    layers.push(node);
  }
  return (x) => layers.reduce((y, node) => applyLayer(y, node, weights.get(node.input![1])), x);
}

function applyLayer(x: Tensor, node: onnxProto.onnx.INodeProto, weights: Weights | undefined): Tensor {
  if (node.opType === 'Relu') return relu(x);
  if (!weights) throw new RangeError(`Expected ${node.name} (${node.opType}) to have constant weights.`);
  const constant = x.graph.constant(weights.data, weights.shape);
  switch (node.opType) {
    case 'Conv':
      return frozenConvolution(x, constant, {
        stride: integers(node, 'strides')[0],
        pads: integers(node, 'pads'),
        group: Number(node.attribute!.find(({ name }) => name === 'group')?.i ?? 1),
      });
    case 'Add':
      return add(x, constant);
    case 'Mul':
      return multiply(x, constant);
    case 'Min':
      return clipAbove(x, weights.data[0]);
    case 'Max':
      return clipBelow(x, weights.data[0]);
    default:
      throw new RangeError(`Expected a layer but received ${node.opType}.`);
  }
}

const integers = (node: onnxProto.onnx.INodeProto, attribute: string): number[] =>
  node.attribute!.find(({ name }) => name === attribute)!.ints!.map(Number);
