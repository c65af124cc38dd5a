import { multiply, scale, subtract, sum } from './arithmetic.ts';
import type { Tensor } from './graph.ts';
import { reshape } from './shape.ts';

function isPositive(x: Tensor): Tensor {
  return x.graph.node('Greater', [x, x.graph.scalar(0)], x.shape, { type: 'bool' });
}

function where(condition: Tensor, a: Tensor, b: Tensor): Tensor {
  return a.graph.node('Where', [condition, a, b], a.shape.length ? a.shape : b.shape, { type: 'float32' });
}

/** max(x, 0) + slope · min(x, 0) with one learned slope a channel, x [n, c, h, w], slope [c, 1, 1]. He et al. 2015. */
export function prelu(x: Tensor, slope: Tensor): Tensor {
  const { graph } = x;
  return graph.node('PRelu', [x, slope], x.shape, {
    backward: [
      (d) => where(isPositive(x), d, multiply(d, slope)),
      (d) =>
        reshape(sum(multiply(d, graph.node('Min', [x, graph.scalar(0)], x.shape)), [0, 2, 3]), slope.shape),
    ],
  });
}

/** max(x, 0) + slope · min(x, 0) with a fixed slope. */
export function leakyRelu(x: Tensor, slope: number): Tensor {
  return x.graph.node('LeakyRelu', [x], x.shape, {
    attributes: { alpha: { float: slope } },
    backward: [(d) => where(isPositive(x), d, scale(d, slope))],
  });
}

export function relu(x: Tensor): Tensor {
  return x.graph.node('Relu', [x], x.shape, {
    backward: [(d) => where(isPositive(x), d, x.graph.scalar(0))],
  });
}

export function sigmoid(x: Tensor): Tensor {
  const y: Tensor = x.graph.node('Sigmoid', [x], x.shape, {
    backward: [(d) => multiply(d, multiply(y, subtract(x.graph.scalar(1), y)))],
  });
  return y;
}

/** log(1 + eˣ): the cross entropy of a logit against "false" (and of -x against "true"). */
export function softplus(x: Tensor): Tensor {
  return x.graph.node('Softplus', [x], x.shape, { backward: [(d) => multiply(d, sigmoid(x))] });
}

/** min(x, limit) */
export function clipAbove(x: Tensor, limit: number): Tensor {
  return clip(x, 'Min', 'Less', limit);
}

/** max(x, limit) */
export function clipBelow(x: Tensor, limit: number): Tensor {
  return clip(x, 'Max', 'Greater', limit);
}

function clip(x: Tensor, operator: 'Min' | 'Max', passes: 'Less' | 'Greater', limit: number): Tensor {
  const { graph } = x;
  const bound = graph.scalar(limit);
  const isInside = () => graph.node(passes, [x, bound], x.shape, { type: 'bool' });
  return graph.node(operator, [x, bound], x.shape, {
    backward: [(d) => where(isInside(), d, graph.scalar(0))],
  });
}
