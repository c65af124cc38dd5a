/** The parameters of a network under Adam, as inputs and outputs of a training step. */
import { adam } from './adam.ts';
import { multiply } from './arithmetic.ts';
import { gradients } from './gradients.ts';
import { type Graph, sizeOf, type Tensor } from './graph.ts';
import { type Layout, parametersFrom } from './parameters.ts';
import { concat, reshape } from './shape.ts';

/**
 * Inputs theta, m, v, rate and step (with a prefix), and `descend`, which outputs the update and returns the new theta.
 * @param pace factor of the rate for each parameter
 */
export function trained(graph: Graph, layout: Layout, prefix: string, pace?: Float32Array) {
  const vector = (name: string) => graph.input(prefix + name, [layout.size]);
  const state = { theta: vector('theta'), m: vector('m'), v: vector('v') };
  const [rate, step] = [graph.input(`${prefix}rate`, []), graph.input(`${prefix}step`, [])];
  const { source, tensors } = parametersFrom(state.theta, layout);
  const descend = (loss: Tensor): Tensor => {
    const flat = gradients(loss, tensors).map((gradient) => reshape(gradient, [sizeOf(gradient.shape)]));
    const rates = pace ? multiply(rate, graph.constant(pace)) : rate;
    const next = adam(state, concat(flat, 0), rates, step);
    for (const name of ['theta', 'm', 'v'] as const) graph.output(`${prefix}${name}_next`, next[name]);
    return next.theta;
  };
  return { source, descend };
}
