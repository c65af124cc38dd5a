/**
 * Collects the nodes and weights of one ONNX graph and encodes them (opset 13, or 16 where an operator needs it; IR 7). It knows nothing of tfjs.
 */
import type { onnx as Onnx } from 'onnx-proto';
import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;

type Attribute = number | string | readonly number[] | { readonly float: number };
export type StoredData = Float32Array | Uint16Array | BigInt64Array;

export class OnnxWriter {
  readonly #nodes: Onnx.INodeProto[] = [];
  readonly #initializers: Onnx.ITensorProto[] = [];

  /** Adds a node with one output, whose name is returned. */
  add(
    op: string,
    inputs: readonly string[],
    output: string,
    attributes: Record<string, Attribute> = {},
  ): string {
    this.#nodes.push({
      opType: op,
      name: output,
      input: [...inputs],
      output: [output],
      attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    });
    return output;
  }

  /** Adds a weight; half bits (Uint16Array) are followed by a Cast, so the graph computes in float32. */
  constant(name: string, dims: readonly number[], data: StoredData): string {
    const half = data instanceof Uint16Array;
    const stored = half ? `${name}.half` : name;
    const { FLOAT, FLOAT16, INT64 } = onnx.TensorProto.DataType;
    const dataType = half ? FLOAT16 : data instanceof Float32Array ? FLOAT : INT64;
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.#initializers.push({ name: stored, dims: [...dims], dataType, rawData });
    return half ? this.add('Cast', [stored], name, { to: FLOAT }) : name;
  }

  integers(name: string, values: readonly number[]): string {
    return this.constant(name, [values.length], BigInt64Array.from(values, BigInt));
  }

  encode(
    name: string,
    inputs: Record<string, readonly number[]>,
    outputs: Record<string, readonly number[]>,
  ) {
    const message = onnx.ModelProto.create({
      irVersion: 7,
      producerName: 'limner',
      opsetImport: [
        { domain: '', version: this.#nodes.some(({ opType }) => opType === 'GridSample') ? 16 : 13 },
      ],
      graph: {
        name,
        node: this.#nodes,
        initializer: this.#initializers,
        input: Object.entries(inputs).map(([key, dims]) => valueInfo(key, dims)),
        output: Object.entries(outputs).map(([key, dims]) => valueInfo(key, dims)),
      },
    });
    return onnx.ModelProto.encode(message).finish();
  }
}

function attribute(name: string, value: Attribute): Onnx.IAttributeProto {
  const { INT, INTS, FLOAT, STRING } = onnx.AttributeProto.AttributeType;
  if (typeof value === 'number') return { name, type: INT, i: value };
  if (typeof value === 'string') return { name, type: STRING, s: new TextEncoder().encode(value) };
  if ('float' in value) return { name, type: FLOAT, f: value.float };
  return { name, type: INTS, ints: [...value] };
}

const valueInfo = (name: string, dims: readonly number[]): Onnx.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType: onnx.TensorProto.DataType.FLOAT,
      shape: { dim: dims.map((dimValue) => ({ dimValue })) },
    },
  },
});
