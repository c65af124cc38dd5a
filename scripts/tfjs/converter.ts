/**
 * Turns a tfjs graph (channels last) into an ONNX graph (channels first).
 *
 * Every rank-4 tensor is kept channels first from the input to the outputs; a Transpose is written only before a
 * Reshape whose result depends on the order. Shapes are static (batch 1) and are followed in TensorFlow's order.
 */
import { fromHalves, toHalves } from './float16.ts';
import { integers, type TfConstant, type TfGraph, type TfNode, text, texts } from './reader.ts';
import { OnnxWriter } from './writer.ts';

export interface NetworkSpec {
  readonly name: string;
  /** ONNX output name → tfjs node name; nothing else of the graph is kept. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The original's file, where it is not named as the converted one is. */
  readonly file?: string;
  /** tfjs nodes that are replaced by bilinear samples of another node, at places that are given as an input. */
  readonly samples?: Readonly<Record<string, Sampling>>;
  /** What Limner computes itself instead: name → tfjs node, kept whole beside the reference outputs. */
  readonly instead?: Readonly<Record<string, string>>;
  readonly weights: 'as-stored' | 'float16';
}

/** Samples of `of` at `side` · `side` places: the ONNX input `grid`, [1, side, side, 2], x and y from -1 (the first sample's middle) to 1. */
export interface Sampling {
  readonly of: string;
  readonly grid: string;
  readonly side: number;
}

/** A computed tensor: its name in the ONNX graph and its shape in TensorFlow's order (NHWC when of rank 4). */
interface Value {
  readonly name: string;
  readonly shape: readonly number[];
}

/** [n, h, w, c] → [n, c, h, w] */
const toChannelsFirst = ([n, h, w, c]: readonly number[]): number[] => [n, c, h, w];
const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);

/** The network's input is called `input`, float32 [1, 3, h, w]. */
export function convert(graph: TfGraph, spec: NetworkSpec): Uint8Array {
  return new Converter(graph, spec).run();
}

class Converter {
  readonly #graph: TfGraph;
  readonly #spec: NetworkSpec;
  readonly #writer = new OnnxWriter();
  readonly #values = new Map<string, Value>();
  readonly #names = new Map<string, string>();
  readonly #grids: Record<string, readonly number[]> = {};
  #input: Value | undefined;

  constructor(graph: TfGraph, spec: NetworkSpec) {
    this.#graph = graph;
    this.#spec = spec;
  }

  run(): Uint8Array {
    const outputs: Record<string, readonly number[]> = {};
    for (const [name, from] of Object.entries(this.#spec.outputs)) {
      const value = this.#value(from);
      this.#writer.add('Identity', [value.name], name);
      outputs[name] = this.#onnxShape(value);
    }
    if (!this.#input) throw new Error(`No output of ${this.#spec.name} depends on an input.`);
    return this.#writer.encode(
      this.#spec.name,
      { input: this.#onnxShape(this.#input), ...this.#grids },
      outputs,
    );
  }

  #onnxShape({ shape }: Value): readonly number[] {
    return shape.length === 4 ? toChannelsFirst(shape) : shape;
  }

  #value(name: string): Value {
    let value = this.#values.get(name);
    if (!value) {
      const node = this.#graph.nodes.get(name);
      if (!node) throw new Error(`${this.#spec.name} has no node ${name}.`);
      const sampling = this.#spec.samples?.[name];
      value = sampling ? this.#sample(node, sampling) : this.#convertNode(node);
      this.#values.set(name, value);
    }
    return value;
  }

  #constant(name: string): TfConstant {
    const constant = this.#graph.constants.get(name);
    if (!constant) throw new Error(`${name} of ${this.#spec.name} is not a constant.`);
    return constant;
  }

  #convertNode(node: TfNode): Value {
    switch (node.op) {
      case 'Placeholder':
        return this.#placeholder(node);
      case 'Identity':
        return this.#value(node.inputs[0]);
      case 'Conv2D':
      case 'DepthwiseConv2dNative':
      case '_FusedConv2D':
        return this.#convolution(node);
      case 'Conv2DBackpropInput':
        return this.#transposedConvolution(node);
      case 'MaxPool':
      case 'AvgPool':
        return this.#pool(node);
      case 'Add':
      case 'AddV2':
      case 'AddN':
        return this.#elementwise(node, 'Add');
      case 'Mul':
        return this.#elementwise(node, 'Mul');
      case 'Minimum':
        return this.#elementwise(node, 'Min');
      case 'Maximum':
        return this.#elementwise(node, 'Max');
      case 'Prelu':
        return this.#elementwise(node, 'PRelu');
      case 'Relu':
      case 'Sigmoid':
        return this.#unary(node, node.op);
      case 'Relu6':
        return this.#relu6(node);
      case 'Pad':
        return this.#pad(node);
      case 'Mean':
        return this.#mean(node);
      case 'ResizeBilinear':
        return this.#resize(node);
      case 'Reshape':
        return this.#reshape(node);
      case 'ConcatV2':
        return this.#concat(node);
      default:
        throw new Error(`No conversion for ${node.op} (${node.name} of ${this.#spec.name}).`);
    }
  }

  #placeholder(node: TfNode): Value {
    const dims = node.attributes['shape']?.shape?.dim ?? [];
    this.#input = { name: 'input', shape: [1, ...dims.slice(1).map((dim) => Number(dim.size))] };
    return this.#input;
  }

  #sample(node: TfNode, { of, grid, side }: Sampling): Value {
    const features = this.#value(of);
    this.#grids[grid] = [1, side, side, 2];
    const attributes = { mode: 'bilinear', padding_mode: 'zeros', align_corners: 1 };
    return {
      name: this.#writer.add('GridSample', [features.name, grid], this.#shortName(node), attributes),
      shape: [1, side, side, features.shape[3]],
    };
  }

  #convolution(node: TfNode): Value {
    const input = this.#value(node.inputs[0]);
    const depthwise = node.op === 'DepthwiseConv2dNative';
    const [kh, kw, inner, outer] = this.#constant(node.inputs[1]).shape;
    const channels = depthwise ? inner * outer : outer;
    // TensorFlow keeps [kh, kw, in, out], or [kh, kw, in, multiplier] for a depthwise one; ONNX [out, in / group, kh, kw].
    const filter = depthwise
      ? this.#weights(node.inputs[1], [2, 3, 0, 1], [channels, 1, kh, kw])
      : this.#weights(node.inputs[1], [3, 2, 0, 1]);
    const { pads, strides, shape } = this.#window(node, input, [kh, kw], channels);
    const [bias, activation] = texts(node, 'fused_ops');
    const name = activation ? `${this.#shortName(node)}.linear` : this.#shortName(node);
    const inputs = [input.name, filter, ...(bias ? [this.#weights(node.inputs[2])] : [])];
    const dilations = integers(node, 'dilations').slice(1, 3);
    const group = depthwise ? inner : 1;
    this.#writer.add('Conv', inputs, name, { strides, pads, dilations, group, kernel_shape: [kh, kw] });
    return { name: this.#activate(node, name, activation), shape };
  }

  #activate(node: TfNode, linear: string, activation: string | undefined): string {
    if (activation === undefined) return linear;
    const output = this.#shortName(node);
    if (activation === 'Relu') return this.#writer.add('Relu', [linear], output);
    if (activation === 'Prelu')
      return this.#writer.add('PRelu', [linear, this.#perChannel(node.inputs[3])], output);
    throw new Error(`No conversion for the fused activation ${activation} (${node.name}).`);
  }

  #transposedConvolution(node: TfNode): Value {
    const shape = [1, ...this.#constant(node.inputs[0]).data.slice(1)].map(Number);
    const input = this.#value(node.inputs[2]);
    const [kh, kw] = this.#constant(node.inputs[1]).shape;
    const filter = this.#weights(node.inputs[1], [3, 2, 0, 1]); // [kh, kw, out, in] → [in, out, kh, kw]
    const output = this.#window(node, { name: '', shape }, [kh, kw], 0);
    if (output.shape[1] !== input.shape[1] || output.shape[2] !== input.shape[2]) {
      throw new Error(`${node.name}: the output's size does not fit the stride.`);
    }
    const { strides, pads } = output;
    const attributes = { strides, pads, kernel_shape: [kh, kw] };
    return {
      name: this.#writer.add('ConvTranspose', [input.name, filter], this.#shortName(node), attributes),
      shape,
    };
  }

  #pool(node: TfNode): Value {
    const input = this.#value(node.inputs[0]);
    const kernel = integers(node, 'ksize').slice(1, 3);
    const { pads, strides, shape } = this.#window(node, input, kernel, input.shape[3]);
    const global = node.op === 'AvgPool' && kernel[0] === input.shape[1] && kernel[1] === input.shape[2];
    const op = node.op === 'MaxPool' ? 'MaxPool' : global ? 'GlobalAveragePool' : 'AveragePool';
    const attributes: Record<string, number[]> = global ? {} : { kernel_shape: kernel, strides, pads };
    return { name: this.#writer.add(op, [input.name], this.#shortName(node), attributes), shape };
  }

  /** Padding as TensorFlow means it: SAME keeps ceil(size / stride), the odd pixel of padding goes last. */
  #window(node: TfNode, input: Value, kernel: readonly number[], channels: number) {
    const strides = integers(node, 'strides').slice(1, 3);
    const dilations = integers(node, 'dilations').slice(1, 3);
    const same = text(node, 'padding') === 'SAME';
    const axes = [0, 1].map((axis) => {
      const size = input.shape[axis + 1];
      const reach = (kernel[axis] - 1) * (dilations[axis] ?? 1) + 1;
      const output = Math.ceil((same ? size : size - reach + 1) / strides[axis]);
      const total = same ? Math.max(0, (output - 1) * strides[axis] + reach - size) : 0;
      return { output, before: Math.floor(total / 2), after: Math.ceil(total / 2) };
    });
    const [vertical, horizontal] = axes;
    return {
      strides,
      pads: [vertical.before, horizontal.before, vertical.after, horizontal.after],
      shape: [1, vertical.output, horizontal.output, channels],
    };
  }

  #elementwise(node: TfNode, op: string): Value {
    const operands = node.inputs.map((from) =>
      this.#graph.constants.has(from) ? { name: this.#perChannel(from), shape: [] } : this.#value(from),
    );
    const shape = operands.map((operand) => operand.shape).reduce(broadcast);
    const inputs = operands.map((operand) => operand.name);
    return { name: this.#writer.add(op, inputs, this.#shortName(node)), shape };
  }

  #unary(node: TfNode, op: string): Value {
    const input = this.#value(node.inputs[0]);
    return { name: this.#writer.add(op, [input.name], this.#shortName(node)), shape: input.shape };
  }

  #relu6(node: TfNode): Value {
    const input = this.#value(node.inputs[0]);
    const name = this.#shortName(node);
    const limits = [0, 6].map((limit) =>
      this.#writer.constant(`${name}.${limit}`, [], Float32Array.of(limit)),
    );
    return { name: this.#writer.add('Clip', [input.name, ...limits], name), shape: input.shape };
  }

  #pad(node: TfNode): Value {
    const input = this.#value(node.inputs[0]);
    const amounts = this.#constant(node.inputs[1]).data;
    const before = input.shape.map((_, axis) => Number(amounts[2 * axis]));
    const after = input.shape.map((_, axis) => Number(amounts[2 * axis + 1]));
    const name = this.#shortName(node);
    const pads = this.#writer.integers(`${name}.pads`, [
      ...toChannelsFirst(before),
      ...toChannelsFirst(after),
    ]);
    return {
      name: this.#writer.add('Pad', [input.name, pads], name),
      shape: input.shape.map((size, axis) => size + before[axis] + after[axis]),
    };
  }

  #mean(node: TfNode): Value {
    const input = this.#value(node.inputs[0]);
    const axes = [...this.#constant(node.inputs[1]).data];
    if (axes.join() !== '1,2')
      throw new Error(`${node.name}: only means over height and width are converted.`);
    const keep = node.attributes['keep_dims']?.b === true;
    const [n, , , c] = input.shape;
    const attributes = { axes: [2, 3], keepdims: keep ? 1 : 0 };
    return {
      name: this.#writer.add('ReduceMean', [input.name], this.#shortName(node), attributes),
      shape: keep ? [n, 1, 1, c] : [n, c],
    };
  }

  #resize(node: TfNode): Value {
    const input = this.#value(node.inputs[0]);
    const [height, width] = [...this.#constant(node.inputs[1]).data].map(Number);
    const name = this.#shortName(node);
    const shape = [1, height, width, input.shape[3]];
    const empty = this.#writer.constant(`${name}.scales`, [0], new Float32Array(0));
    const sizes = this.#writer.integers(`${name}.sizes`, toChannelsFirst(shape));
    const halfPixel = node.attributes['half_pixel_centers']?.b === true;
    const alignCorners = node.attributes['align_corners']?.b === true;
    const mode = alignCorners ? 'align_corners' : halfPixel ? 'half_pixel' : 'asymmetric';
    this.#writer.add('Resize', [input.name, empty, empty, sizes], name, {
      mode: 'linear',
      coordinate_transformation_mode: mode,
    });
    return { name, shape };
  }

  #reshape(node: TfNode): Value {
    const input = this.#value(node.inputs[0]);
    const target = [...this.#constant(node.inputs[1]).data].map(Number);
    if (target.length === 4) throw new Error(`${node.name}: reshaping to rank 4 is not converted.`);
    const known = product(target.filter((size) => size >= 0));
    const shape = target.map((size) => (size < 0 ? product(input.shape) / known : size));
    const name = this.#shortName(node);
    const [, height, width, channels] = input.shape;
    const sameOrder = input.shape.length !== 4 || channels === 1 || height * width === 1;
    const source = sameOrder
      ? input.name
      : this.#writer.add('Transpose', [input.name], `${name}.channelsLast`, { perm: [0, 2, 3, 1] });
    return {
      name: this.#writer.add('Reshape', [source, this.#writer.integers(`${name}.shape`, shape)], name),
      shape,
    };
  }

  #concat(node: TfNode): Value {
    const inputs = node.inputs.slice(0, -1).map((from) => this.#value(from));
    const axis = Number(this.#constant(node.inputs.at(-1)!).data[0]);
    const rank = inputs[0].shape.length;
    const positive = axis < 0 ? axis + rank : axis;
    const shape = [...inputs[0].shape];
    shape[positive] = inputs.reduce((total, input) => total + input.shape[positive], 0);
    const onnxAxis = rank === 4 ? [0, 2, 3, 1][positive] : positive;
    const names = inputs.map((input) => input.name);
    return { name: this.#writer.add('Concat', names, this.#shortName(node), { axis: onnxAxis }), shape };
  }

  /** A constant operand of an elementwise operation on a rank-4 tensor: a scalar, or one number a channel. */
  #perChannel(name: string): string {
    const { shape, data } = this.#constant(name);
    if (data.length === 1) return this.#weights(name, [], []);
    if (shape.at(-1) !== data.length)
      throw new Error(`${name}: expected one number per channel, not [${shape}].`);
    return this.#weights(name, [], [data.length, 1, 1]);
  }

  /**
   * Writes a constant with its axes in the given order; an empty order keeps the data as it is. One constant in one
   * shape is written once, however often it is used.
   */
  #weights(name: string, order: readonly number[] = [], dims?: readonly number[]): string {
    const { shape, type, data } = this.#constant(name);
    if (type === 'int32') throw new Error(`${name}: integer constants are not weights.`);
    const finalDims = dims ?? (order.length ? order.map((axis) => shape[axis]) : shape);
    const key = `weight ${name} ${order} ${finalDims}`;
    const known = this.#names.get(key);
    if (known) return known;
    const written = `w${this.#names.size}`;
    this.#names.set(key, written);
    const stored =
      this.#spec.weights === 'float16' && type === 'float32' ? toHalves(data as Float32Array) : data;
    const permuted = order.length ? permute(stored as Uint16Array, shape, order) : (stored as Uint16Array);
    // A Cast for a handful of numbers costs more bytes than it saves.
    const small = permuted instanceof Uint16Array && permuted.length <= 16;
    return this.#writer.constant(written, finalDims, small ? fromHalves(permuted) : permuted);
  }

  /** A name for a node's output: TensorFlow's own, with their long scopes, would double the size of a small network. */
  #shortName(node: TfNode): string {
    const known = this.#names.get(node.name);
    if (known) return known;
    const name = `n${this.#names.size}_${node.op.replace(/^_/, '')}`;
    this.#names.set(node.name, name);
    return name;
  }
}

/** Shapes are broadcast among tensors of equal rank only; constants count as shapeless. */
function broadcast(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  if (a.length !== b.length) throw new Error(`Cannot broadcast [${a}] with [${b}] between layouts.`);
  return a.map((size, axis) => Math.max(size, b[axis]));
}

function permute<T extends Float32Array | Uint16Array>(
  data: T,
  shape: readonly number[],
  order: readonly number[],
): T {
  const strides = shape.map((_, axis) => product(shape.slice(axis + 1)));
  const sizes = order.map((axis) => shape[axis]);
  const steps = order.map((axis) => strides[axis]);
  const result = data.slice() as T;
  const index = sizes.map(() => 0);
  for (let i = 0; i < result.length; i++) {
    result[i] = data[index.reduce((offset, at, axis) => offset + at * steps[axis], 0)];
    for (let axis = sizes.length - 1; axis >= 0 && ++index[axis] === sizes[axis]; axis--) index[axis] = 0;
  }
  return result;
}
