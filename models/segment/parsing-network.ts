/** The parsing network: which material each pixel of a face's surroundings is. Its shape only; weights come from outside. */

import { PARSING_CHANNELS, PARSING_CLASSES } from '../face/parsing-classes.ts';
import { relu } from '../graph/activation.ts';
import { add } from '../graph/arithmetic.ts';
import { convolve } from '../graph/convolve.ts';
import type { Tensor } from '../graph/graph.ts';
import type { Network, ParameterSource } from '../graph/parameters.ts';
import { enlargeNearest } from '../graph/upsample.ts';

/** Channels of the encoder from half of the input's size downwards, each at half the size of the one before. */
const ENCODER = [16, 32, 56, 88, 112];
/** Channels of the decoder at the same sizes, and residual blocks of the encoder. */
const DECODER = [16, 28, 40, 64];
const BLOCKS = [0, 1, 1, 1, 1];

/**
 * An encoder of strided convolutions and residual blocks, and a decoder that adds each size's features to the enlarged
 * coarser ones (feature pyramid, Lin et al. 2017; U-Net, Ronneberger et al. 2015). No normalisation over the batch: the
 * last convolution of each block starts small (as in SRResNet here), so the output depends on the picture alone.
 * x [n, PARSING_CHANNELS, h, w], sides multiples of 32 → logits [n, classes, h/2, w/2].
 */
export const parsingNetwork: Network = (x, parameter) => {
  if (x.shape[1] !== PARSING_CHANNELS)
    throw new RangeError(`Expected ${PARSING_CHANNELS} channels but received ${x.shape[1]}.`);
  const levels: Tensor[] = [];
  let features = x;
  for (const [i, channels] of ENCODER.entries()) {
    features = relu(convolve(features, parameter, `down${i}`, channels, 3, { stride: 2 }));
    for (let b = 0; b < BLOCKS[i]; b++) features = block(features, parameter, `encode${i}.${b}`);
    levels.push(features);
  }
  for (let i = DECODER.length - 1; i >= 0; i--) {
    const channels = DECODER[i];
    const coarse = enlargeNearest(convolve(features, parameter, `up${i}`, channels, 1, { gain: HALF }), 2);
    const fine = convolve(levels[i], parameter, `across${i}`, channels, 1, { gain: HALF });
    features = relu(convolve(relu(add(coarse, fine)), parameter, `decode${i}`, channels, 3));
  }
  return convolve(features, parameter, 'classes', PARSING_CLASSES.length, 1, { gain: 0.1 });
};

/** Two terms of half the variance each add up to one of the usual variance. */
const HALF = Math.SQRT1_2;

function block(x: Tensor, parameter: ParameterSource, name: string): Tensor {
  const channels = x.shape[1];
  const inner = relu(convolve(x, parameter, `${name}.a`, channels, 3));
  return relu(add(x, convolve(inner, parameter, `${name}.b`, channels, 3, { gain: 0.1 })));
}
