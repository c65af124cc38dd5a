import { scale } from './arithmetic.ts';
import type { Tensor } from './graph.ts';

/** Each pixel of [n, c, h, w] becomes a square of `factor` × `factor`. */
export function enlargeNearest(x: Tensor, factor: number): Tensor {
  const { graph } = x;
  const [n, c, h, w] = x.shape;
  const none = graph.constant(new Float32Array(0));
  const scales = graph.constant(Float32Array.of(1, 1, factor, factor));
  return graph.node('Resize', [x, none, scales], [n, c, h * factor, w * factor], {
    attributes: { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' },
    backward: [(d) => scale(averagePool(d, factor), factor * factor), null, null],
  });
}

/** Means of squares of `factor` × `factor` pixels of [n, c, h, w], whose sides are multiples of it. */
export function averagePool(x: Tensor, factor: number): Tensor {
  const [n, c, h, w] = x.shape;
  if (h % factor || w % factor)
    throw new RangeError(`[${x.shape}] does not divide into squares of ${factor}.`);
  return x.graph.node('AveragePool', [x], [n, c, h / factor, w / factor], {
    attributes: { kernel_shape: [factor, factor], strides: [factor, factor] },
    backward: [(d) => scale(enlargeNearest(d, factor), 1 / (factor * factor))],
  });
}
