/** Parameters of a network as one flat vector; the layout is derived by building the network once on a scratch graph. */
import { Graph, type Shape, sizeOf, type Tensor } from './graph.ts';
import { halfFromFloat } from './half.ts';

/** How a parameter starts: `fanIn` inputs for a He initialisation times `gain`, or a constant. */
export type Initial = { readonly fanIn: number; readonly gain?: number } | { readonly value: number };

/** Where a network gets its parameters while it is being built. */
export type ParameterSource = (name: string, shape: Shape, initial: Initial) => Tensor;

/** A network: nodes from its input to its output, asking for its parameters by name. */
export type Network = (x: Tensor, parameter: ParameterSource) => Tensor;

export interface ParameterSlot {
  readonly name: string;
  readonly shape: Shape;
  readonly initial: Initial;
  /** First index in the flat vector. */
  readonly offset: number;
}

export interface Layout {
  readonly slots: readonly ParameterSlot[];
  readonly size: number;
}

/** The parameters a network asks for, in its own order. `inputShape` is any valid one. */
export function layoutOf(network: Network, inputShape: Shape): Layout {
  const scratch = new Graph();
  const slots: ParameterSlot[] = [];
  let size = 0;
  network(scratch.input('x', inputShape), (name, shape, initial) => {
    if (slots.some((slot) => slot.name === name)) throw new Error(`Parameter ${name} is declared twice.`);
    slots.push({ name, shape, initial, offset: size });
    size += sizeOf(shape);
    return scratch.input(name, shape);
  });
  return { slots, size };
}

/** Parameters cut out of a vector that is a tensor of the graph, and the list of them for `gradients`. */
export function parametersFrom(
  theta: Tensor,
  layout: Layout,
): { source: ParameterSource; tensors: Tensor[] } {
  const tensors = theta.graph.unpack(
    theta,
    layout.slots.map((slot) => slot.shape),
  );
  const byName = new Map(layout.slots.map((slot, i) => [slot.name, tensors[i]]));
  return { source: (name) => lookUp(byName, name), tensors };
}

/** Parameters that are part of the graph, stored as float16 or float32. */
export function constantParameters(
  graph: Graph,
  theta: Float32Array,
  layout: Layout,
  half: boolean,
): ParameterSource {
  const byName = new Map(
    layout.slots.map(({ name, shape, offset }) => {
      const values = theta.slice(offset, offset + sizeOf(shape));
      if (!half) return [name, graph.constant(values, shape)];
      const stored = graph.constant(Uint16Array.from(values, halfFromFloat), shape);
      return [name, graph.node('Cast', [stored], shape, { attributes: { to: 1 }, type: 'float32' })];
    }),
  );
  return (name) => lookUp(byName, name);
}

function lookUp(byName: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const tensor = byName.get(name);
  if (!tensor) throw new Error(`The layout has no parameter ${name}.`);
  return tensor;
}

/** A first parameter vector: normal numbers of variance gain² · 2 / fanIn (He et al. 2015), drawn in layout order. */
export function initialParameters(layout: Layout, normal: () => number): Float32Array {
  const theta = new Float32Array(layout.size);
  for (const { shape, initial, offset } of layout.slots) {
    const values = theta.subarray(offset, offset + sizeOf(shape));
    if ('value' in initial) values.fill(initial.value);
    else
      for (let i = 0; i < values.length; i++)
        values[i] = normal() * (initial.gain ?? 1) * Math.sqrt(2 / initial.fanIn);
  }
  return theta;
}
