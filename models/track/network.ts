/**
 * The regression network: how a face has moved between two crops, in one pass and without any search (GOTURN, Held,
 * Thrun & Savarese 2016). Both crops go through the same convolutions; what they have in common at each shift is laid
 * beside it (correlation layer, Dosovitskiy et al. 2015, FlowNet), so that few parameters are enough.
 */
import { leakyRelu } from '../graph/activation.ts';
import { add, divide, mean, multiply, scale, sqrt, subtract, sum } from '../graph/arithmetic.ts';
import { type ConvolveOptions, convolve } from '../graph/convolve.ts';
import type { Tensor } from '../graph/graph.ts';
import { matmul } from '../graph/matmul.ts';
import type { Network, ParameterSource } from '../graph/parameters.ts';
import { concat, cropImage, padImage, reshape, sliceBatch, sliceChannels } from '../graph/shape.ts';

/** Edge (px) of both crops. */
export const CROP_SIDE = 64;
/** Side of a crop over the side of the tracked square (Held et al. 2016, section 3.2). */
export const CROP_CONTEXT = 2;

const SLOPE = 0.1;
/** Shifts (cells of 4 px, and of 8 px) up to which crops are compared: a quarter and three quarters of the square. */
const FINE_SHIFT = 2;
const COARSE_SHIFT = 3;
/** Of the variance of a crop in 0..1: less than 8-bit noise counts as none. */
const LEAST_VARIANCE = 1e-4;

/**
 * x [n, 6, 64, 64], the target's crop and then the search crop, in 0..1 → [n, 4]: shift right and down in sides of the
 * square, natural logarithm of the scale, roll in radians clockwise; all in the frame of the (perhaps turned) crop.
 */
export const motionNetwork: Network = (x, parameter) => {
  const [n] = x.shape;
  const layer = (y: Tensor, name: string, channels: number, options: ConvolveOptions = {}, size = 3) =>
    leakyRelu(convolve(y, parameter, name, channels, size, options), SLOPE);
  const both = standardised(concat([sliceChannels(x, 0, 3), sliceChannels(x, 3, 3)], 0));
  const half = layer(both, 'conv0', 16, { stride: 2 }, 5);
  const fine = layer(layer(half, 'conv1', 24, { stride: 2 }), 'conv2', 24);
  const coarse = layer(fine, 'conv3', 32, { stride: 2 });
  const [fineTarget, coarseTarget] = [sliceBatch(fine, 0, n), sliceBatch(coarse, 0, n)];
  const fineMatch = concat([correlation(fineTarget, sliceBatch(fine, n, n), FINE_SHIFT), fineTarget], 1);
  const coarseMatch = correlation(coarseTarget, sliceBatch(coarse, n, n), COARSE_SHIFT);
  const matched = [layer(fineMatch, 'conv4', 48, { stride: 2 }), coarseMatch, coarseTarget];
  const seen = layer(layer(concat(matched, 1), 'conv5', 48), 'conv6', 64, { stride: 2 });
  const flat = reshape(seen, [n, seen.shape[1] * seen.shape[2] * seen.shape[3]]);
  return dense(leakyRelu(dense(flat, parameter, 'dense', 64), SLOPE), parameter, 'motion', 4, 0.1);
};

/** Each crop less its mean, over its deviation: light and contrast do not matter. */
function standardised(x: Tensor): Tensor {
  const [n] = x.shape;
  const each = (values: Tensor) => reshape(values, [n, 1, 1, 1]);
  const centred = subtract(x, each(mean(x, [1, 2, 3])));
  const variance = each(mean(multiply(centred, centred), [1, 2, 3]));
  return divide(centred, sqrt(add(variance, x.graph.scalar(LEAST_VARIANCE))));
}

/** Mean products over the channels of a with b at all shifts up to `reach`: [n, c, h, w] twice → [n, (2·reach+1)², h, w]. */
function correlation(a: Tensor, b: Tensor, reach: number): Tensor {
  const [n, c, h, w] = a.shape;
  const padded = padImage(b, reach, reach, reach, reach);
  const shifts = Array.from({ length: 2 * reach + 1 }, (_, i) => i);
  const products = shifts.flatMap((y) =>
    shifts.map((x) => reshape(sum(multiply(a, cropImage(padded, y, x, h, w)), [1]), [n, 1, h, w])),
  );
  return scale(concat(products, 1), 1 / c);
}

function dense(x: Tensor, parameter: ParameterSource, name: string, to: number, gain = 1): Tensor {
  const [, inputs] = x.shape;
  const weight = parameter(`${name}.weight`, [inputs, to], { fanIn: inputs, gain });
  return add(matmul(x, weight), parameter(`${name}.bias`, [to], { value: 0 }));
}
