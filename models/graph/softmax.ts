import { divide, multiply, negate, subtract, sum } from './arithmetic.ts';
import type { Tensor } from './graph.ts';
import { reshape } from './shape.ts';

/** log of the softmax over axis 1 of [n, c, h, w]. */
export function logSoftmax(x: Tensor): Tensor {
  const { graph } = x;
  const [n, , h, w] = x.shape;
  const y: Tensor = graph.node('LogSoftmax', [x], x.shape, {
    attributes: { axis: 1 },
    backward: [
      (d) => {
        const probabilities = graph.node('Exp', [y], x.shape);
        return subtract(d, multiply(probabilities, reshape(sum(d, [1]), [n, 1, h, w])));
      },
    ],
  });
  return y;
}

/** Softmax over axis 1 of [n, c, h, w]. */
export function softmax(x: Tensor): Tensor {
  const { graph } = x;
  const [n, , h, w] = x.shape;
  const y: Tensor = graph.node('Softmax', [x], x.shape, {
    attributes: { axis: 1 },
    backward: [(d) => multiply(y, subtract(d, reshape(sum(multiply(d, y), [1]), [n, 1, h, w])))],
  });
  return y;
}

/**
 * Cross entropy of logits [n, c, h, w] against shares of the classes of the same shape, its mean over the pixels by
 * their weights. Shares weighted by a pixel's weight come in one tensor: they sum to the weight.
 */
export function crossEntropy(logits: Tensor, weightedShares: Tensor): Tensor {
  const total = sum(weightedShares);
  return negate(divide(sum(multiply(weightedShares, logSoftmax(logits))), total));
}
