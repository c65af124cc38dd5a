import { convolution } from './convolution.ts';
import type { Tensor } from './graph.ts';
import type { ParameterSource } from './parameters.ts';

/** How a layer departs from stride 1 and from the usual size of its first weights. */
export interface ConvolveOptions {
  readonly stride?: number;
  readonly gain?: number;
}

/** A convolution layer with bias, `size` × `size`, to `to` channels; its parameters are `name.weight` and `name.bias`. */
export function convolve(
  x: Tensor,
  parameter: ParameterSource,
  name: string,
  to: number,
  size: number,
  { stride = 1, gain = 1 }: ConvolveOptions = {},
): Tensor {
  const fanIn = x.shape[1] * size * size;
  const weight = parameter(`${name}.weight`, [to, x.shape[1], size, size], { fanIn, gain });
  return convolution(x, weight, parameter(`${name}.bias`, [to], { value: 0 }), stride);
}
