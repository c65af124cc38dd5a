import { scale } from './arithmetic.ts';
import { frozenConvolution } from './convolution.ts';
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
  const [, c, h, w] = x.shape;
  if (h % factor || w % factor)
    throw new RangeError(`[${x.shape}] does not divide into squares of ${factor}.`);
  const mean = new Float32Array(c * factor * factor).fill(1 / (factor * factor));
  const weight = x.graph.constant(mean, [c, 1, factor, factor]);
  return frozenConvolution(x, weight, { stride: factor, pads: [0, 0, 0, 0], group: c });
}
