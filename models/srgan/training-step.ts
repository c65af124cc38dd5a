import { adam } from '../graph/adam.ts';
import { gradients } from '../graph/gradients.ts';
import { Graph, sizeOf, type Tensor } from '../graph/graph.ts';
import { type Layout, layoutOf, type Network, parametersFrom } from '../graph/parameters.ts';
import { concat, reshape } from '../graph/shape.ts';
import { SCALE } from './generator.ts';

/** A training step as one ONNX model, and the layout of its parameter vector. */
export interface TrainingStep {
  readonly model: Uint8Array;
  readonly layout: Layout;
}

export type PixelLoss = (output: Tensor, target: Tensor) => Tensor;

/**
 * One step of a generator on a pixel loss:
 * low [n, 3, size, size], high [n, 3, 4·size, 4·size] (0..1), theta, m, v [parameters], rate [], step [] (1 at first)
 * → theta, m, v (named theta_next, m_next, v_next) and loss [].
 */
export function pixelStep(network: Network, loss: PixelLoss, batch: number, size: number): TrainingStep {
  const graph = new Graph();
  const low = graph.input('low', [batch, 3, size, size]);
  const high = graph.input('high', [batch, 3, size * SCALE, size * SCALE]);
  const layout = layoutOf(network, low.shape);
  const parameters = trained(graph, layout, '');
  const value = loss(network(low, parameters.source), high);
  parameters.descend(value);
  graph.output('loss', value);
  return { model: graph.encode(), layout };
}

/** Inputs theta, m, v, rate and step (with a prefix), and `descend`, which adds the update as outputs. */
export function trained(graph: Graph, layout: Layout, prefix: string) {
  const vector = (name: string) => graph.input(prefix + name, [layout.size]);
  const state = { theta: vector('theta'), m: vector('m'), v: vector('v') };
  const [rate, step] = [graph.input(`${prefix}rate`, []), graph.input(`${prefix}step`, [])];
  const { source, tensors } = parametersFrom(state.theta, layout);
  const descend = (loss: Tensor): void => {
    const flat = gradients(loss, tensors).map((gradient) => reshape(gradient, [sizeOf(gradient.shape)]));
    const next = adam(state, concat(flat, 0), rate, step);
    for (const name of ['theta', 'm', 'v'] as const) graph.output(`${prefix}${name}_next`, next[name]);
  };
  return { source, descend };
}
