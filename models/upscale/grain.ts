import { multiply } from '../graph/arithmetic.ts';
import { frozenConvolution } from '../graph/convolution.ts';
import { convolve } from '../graph/convolve.ts';
import type { Tensor } from '../graph/graph.ts';
import type { ParameterSource } from '../graph/parameters.ts';
import { concat, pixelShuffle } from '../graph/shape.ts';

/** Kinds of grain, such as paper and stroke, that mix at each place. */
const KINDS = 8;
/** Edge in pixels of the output of the filters that colour the noise. */
const FILTER = 7;
const SCALE = 4;

/**
 * Grain as film has it: white noise coloured by a few learnt filters, each as strong at a place as the features there
 * ask for. It cannot repeat itself, because the noise does not, and it is grey, so that colours stay.
 * noise [n, 16, h, w], features [n, c, h, w] → [n, 1, 4h, 4w]. It starts without effect.
 */
export function grainOf(noise: Tensor, features: Tensor, parameter: ParameterSource): Tensor {
  const white = pixelShuffle(noise, SCALE);
  const kinds = convolve(white, parameter, 'grain.filter', KINDS, FILTER);
  const amounts = enlarge(convolve(features, parameter, 'grain.amount', KINDS, 3, { gain: 0 }));
  const ones = noise.graph.constant(new Float32Array(KINDS).fill(1), [1, KINDS, 1, 1]);
  return frozenConvolution(multiply(kinds, amounts), ones, { stride: 1, pads: [0, 0, 0, 0], group: 1 });
}

/** [n, 8, h, w] → [n, 8, 4h, 4w]: each value over its 4×4 pixels, then smoothed by a tent. */
function enlarge(x: Tensor): Tensor {
  const nearest = pixelShuffle(concat(Array(SCALE * SCALE).fill(x), 1), SCALE);
  const tent = [1, 2, 3, 2, 1];
  const kernel = tent.flatMap((a) => tent.map((b) => (a * b) / 81));
  const weight = x.graph.constant(
    Float32Array.from({ length: KINDS * 25 }, (_, i) => kernel[i % 25]),
    [KINDS, 1, 5, 5],
  );
  return frozenConvolution(nearest, weight, { stride: 1, pads: [2, 2, 2, 2], group: KINDS });
}
