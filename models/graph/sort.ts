import type { Tensor } from './graph.ts';

/**
 * The values of `b` in the order in which those of `a` lie, along the last axis: the smallest of b stands where a has its
 * smallest, and so on. |a − rankMatched(a, b)| on average is the Wasserstein-1 distance of two equally large sets of
 * numbers. It passes no gradient on, which for that distance is exact: the matching is constant almost everywhere.
 */
export function rankMatched(a: Tensor, b: Tensor): Tensor {
  const { graph } = a;
  const { indices } = graph.sorted(a);
  const { values } = graph.sorted(b);
  return graph.node('ScatterElements', [a, indices, values], a.shape, { attributes: { axis: -1 } });
}
