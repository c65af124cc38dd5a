/** Reads numbers back from ONNX models: those of `Graph.encode` and others whose weights are raw float16 or float32. */
import onnxProto from 'onnx-proto';
import { type Shape, sizeOf } from './graph.ts';
import { floatFromHalf } from './half.ts';
import type { Layout } from './parameters.ts';

const { onnx } = onnxProto;

export interface Weights {
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** The constants of a graph by the name under which its nodes see them; float16 ones behind a Cast, too. */
export function weightsOf({ initializer, node }: onnxProto.onnx.IGraphProto): Map<string, Weights> {
  const weights = new Map<string, Weights>();
  for (const tensor of initializer ?? []) {
    const found = readWeights(tensor);
    if (found) weights.set(tensor.name!, found);
  }
  for (const { opType, input, output } of node ?? []) {
    const source = opType === 'Cast' && weights.get(input![0]);
    if (source) weights.set(output![0], source);
  }
  return weights;
}

/**
 * The flat parameter vector of a model that `constantParameters` stored with float16 numbers: one Cast for each slot,
 * in layout order.
 * @throws RangeError when the model is not of this layout
 */
export function readParameters(model: Uint8Array, layout: Layout): Float32Array {
  const graph = onnx.ModelProto.decode(model).graph!;
  const weights = weightsOf(graph);
  const casts = (graph.node ?? []).filter(({ opType }) => opType === 'Cast');
  const theta = new Float32Array(layout.size);
  layout.slots.forEach(({ name, shape, offset }, i) => {
    const stored = casts[i] && weights.get(casts[i].output![0]);
    if (stored?.data.length !== sizeOf(shape) || String(stored.shape) !== String(shape))
      throw new RangeError(`The model has no parameter ${name} of shape [${shape}].`);
    theta.set(stored.data, offset);
  });
  if (casts.length !== layout.slots.length)
    throw new RangeError(`Expected ${layout.slots.length} parameters but found ${casts.length}.`);
  return theta;
}

function readWeights({ dims, dataType, rawData }: onnxProto.onnx.ITensorProto): Weights | undefined {
  const { FLOAT, FLOAT16 } = onnx.TensorProto.DataType;
  const bytes = Uint8Array.from(rawData!);
  const shape = dims!.map(Number);
  if (dataType === FLOAT) return { shape, data: new Float32Array(bytes.buffer) };
  if (dataType === FLOAT16)
    return { shape, data: Float32Array.from(new Uint16Array(bytes.buffer), floatFromHalf) };
  return undefined;
}
