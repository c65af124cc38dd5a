import type { Tensor } from './graph.ts';
import { transpose } from './shape.ts';

const swapLast = (rank: number): number[] => {
  const order = Array.from({ length: rank }, (_, i) => i);
  return [...order.slice(0, -2), rank - 1, rank - 2];
};

/** Matrix product over the last two axes; leading axes must be equal. [.., m, k] × [.., k, n] → [.., m, n] */
export function matmul(a: Tensor, b: Tensor): Tensor {
  const rank = a.shape.length;
  const [lead, m, n] = [a.shape.slice(0, -2), a.shape[rank - 2], b.shape[rank - 1]];
  if (a.shape[rank - 1] !== b.shape[rank - 2] || lead.join() !== b.shape.slice(0, -2).join()) {
    throw new RangeError(`Shapes [${a.shape}] and [${b.shape}] do not multiply.`);
  }
  const swap = swapLast(rank);
  return a.graph.node('MatMul', [a, b], [...lead, m, n], {
    backward: [(d) => matmul(d, transpose(b, swap)), (d) => matmul(transpose(a, swap), d)],
  });
}
