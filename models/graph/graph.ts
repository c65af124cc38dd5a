/**
 * A builder for ONNX graphs. It runs nothing: it names tensors, checks shapes and encodes a model for any ONNX Runtime.
 * Every shape is known while building, so gradients (see gradients.ts) are built from the same nodes.
 */
import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;

/** ONNX operator set of every graph; 18 gives reductions their axes as an input. */
export const OPSET = 18;
const IR_VERSION = 8;

const ELEMENT_TYPES = { float32: 1, uint8: 2, int64: 7, bool: 9, float16: 10 } as const;
export type ElementType = keyof typeof ELEMENT_TYPES;
export type Shape = readonly number[];
export type Attribute = number | string | readonly number[] | { float: number };
export type Attributes = Readonly<Record<string, Attribute>>;

/** A value of a graph: not its numbers, only their name, type and shape. */
export interface Tensor {
  readonly graph: Graph;
  readonly name: string;
  readonly shape: Shape;
  readonly type: ElementType;
}

/** For each input of a node, the gradient with respect to it, given the gradient with respect to the output. */
export type Backward = readonly (((gradient: Tensor) => Tensor) | null)[];

/** A node as the reverse sweep sees it. */
export interface TapeEntry {
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly backward: Backward;
}

export const sizeOf = (shape: Shape): number => shape.reduce((size, length) => size * length, 1);

export class Graph {
  readonly tape: TapeEntry[] = [];
  private readonly nodes: onnxProto.onnx.INodeProto[] = [];
  private readonly initializers: onnxProto.onnx.ITensorProto[] = [];
  private readonly inputs: onnxProto.onnx.IValueInfoProto[] = [];
  private readonly outputs: onnxProto.onnx.IValueInfoProto[] = [];
  private readonly constants = new Map<string, Tensor>();
  private count = 0;

  /** A tensor fed at every run. A negative length, or a name, leaves a dimension open for inference graphs. */
  input(
    name: string,
    shape: Shape,
    type: ElementType = 'float32',
    open: readonly (string | number)[] = shape,
  ): Tensor {
    this.inputs.push(valueInfo(name, open, type));
    return { graph: this, name, shape, type };
  }

  /** Numbers that belong to the graph. Equal small constants are stored once. */
  constant(data: Float32Array | Uint16Array | BigInt64Array, shape: Shape = [data.length]): Tensor {
    if (sizeOf(shape) !== data.length)
      throw new RangeError(`Expected ${sizeOf(shape)} numbers but received ${data.length}.`);
    const type = data instanceof Float32Array ? 'float32' : data instanceof Uint16Array ? 'float16' : 'int64';
    const key = data.length <= 16 ? `${type}[${shape}]${data.join()}` : '';
    const known = this.constants.get(key);
    if (known) return known;
    const name = `constant_${this.count++}`;
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.initializers.push({ name, dims: [...shape], dataType: ELEMENT_TYPES[type], rawData });
    const tensor: Tensor = { graph: this, name, shape, type };
    if (key) this.constants.set(key, tensor);
    return tensor;
  }

  scalar(value: number): Tensor {
    return this.constant(Float32Array.of(value), []);
  }

  /** Whole numbers, such as axes and shapes. */
  integers(...values: number[]): Tensor {
    return this.constant(BigInt64Array.from(values, BigInt));
  }

  /** A node with one output. Nodes without `backward` stop gradients; it speaks of `sources`, the inputs by default. */
  node(
    operator: string,
    inputs: readonly Tensor[],
    shape: Shape,
    options: {
      attributes?: Attributes;
      type?: ElementType;
      backward?: Backward;
      sources?: readonly Tensor[];
    } = {},
  ): Tensor {
    const [output] = this.emit(operator, inputs, [shape], options);
    const { backward, sources = inputs } = options;
    if (backward) this.tape.push({ inputs: sources, output, backward });
    return output;
  }

  /** The vector cut into consecutive parts of the given shapes. */
  unpack(vector: Tensor, shapes: readonly Shape[]): Tensor[] {
    const sizes = shapes.map(sizeOf);
    const parts = this.emit(
      'Split',
      [vector, this.integers(...sizes)],
      sizes.map((size) => [size]),
      {
        attributes: { axis: 0 },
      },
    );
    return parts.map((part, i) => this.node('Reshape', [part, this.integers(...shapes[i])], shapes[i]));
  }

  /** Values in ascending order along the last axis, and where they were (int64). Passes no gradient on. */
  sorted(x: Tensor): { readonly values: Tensor; readonly indices: Tensor } {
    const length = x.shape[x.shape.length - 1];
    const attributes = { axis: -1, largest: 0, sorted: 1 };
    const [values, indices] = this.emit('TopK', [x, this.integers(length)], [x.shape, x.shape], {
      attributes,
    });
    return { values, indices: { ...indices, type: 'int64' } };
  }

  /** Makes a tensor an output of the model, under its public name. */
  output(name: string, tensor: Tensor, open: readonly (string | number)[] = tensor.shape): void {
    this.nodes.push({ opType: 'Identity', name: `output_${name}`, input: [tensor.name], output: [name] });
    this.outputs.push(valueInfo(name, open, tensor.type));
  }

  get size(): number {
    return this.nodes.length;
  }

  /** The bytes of an ONNX model. */
  encode(): Uint8Array {
    const { nodes: node, inputs: input, outputs: output, initializers: initializer } = this;
    const opsetImport = [{ domain: '', version: OPSET }];
    const graph = { name: 'limner', node, input, output, initializer };
    return onnx.ModelProto.encode({
      irVersion: IR_VERSION,
      producerName: 'limner',
      opsetImport,
      graph,
    }).finish();
  }

  private emit(
    opType: string,
    inputs: readonly Tensor[],
    shapes: readonly Shape[],
    options: { attributes?: Attributes; type?: ElementType },
  ): Tensor[] {
    const name = `${opType}_${this.count++}`;
    const type = options.type ?? inputs[0].type;
    const outputs = shapes.map((shape, i): Tensor => {
      return { graph: this, name: shapes.length > 1 ? `${name}_${i}` : name, shape, type };
    });
    this.nodes.push({
      opType,
      name,
      input: inputs.map((tensor) => tensor.name),
      output: outputs.map((tensor) => tensor.name),
      attribute: Object.entries(options.attributes ?? {}).map(([key, value]) => attribute(key, value)),
    });
    return outputs;
  }
}

function valueInfo(
  name: string,
  shape: readonly (string | number)[],
  type: ElementType,
): onnxProto.onnx.IValueInfoProto {
  const dim = shape.map((length) =>
    typeof length === 'string' ? { dimParam: length } : { dimValue: length },
  );
  return { name, type: { tensorType: { elemType: ELEMENT_TYPES[type], shape: { dim } } } };
}

/** Numbers become integers, as almost all ONNX attributes are; `{ float }` marks the others. */
function attribute(name: string, value: Attribute): onnxProto.onnx.IAttributeProto {
  const { AttributeType } = onnx.AttributeProto;
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if (typeof value === 'string')
    return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  if (Array.isArray(value)) return { name, type: AttributeType.INTS, ints: [...value] };
  return { name, type: AttributeType.FLOAT, f: (value as { float: number }).float };
}
