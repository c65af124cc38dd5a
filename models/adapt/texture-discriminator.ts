import { leakyRelu } from '../graph/activation.ts';
import { convolve } from '../graph/convolve.ts';
import type { Network } from '../graph/parameters.ts';

const SLOPE = 0.2;
/** Channels and stride of each 3×3 convolution. */
const LAYERS = [
  [24, 1],
  [24, 2],
  [32, 1],
  [48, 2],
  [48, 1],
] as const;

/**
 * A patch discriminator (Isola et al. 2017) that sees 23 px: texture, and every period a pixel shuffle can leave, but no
 * contents, which the few crops of one reference would soon teach it by heart.
 * x [n, 3, h, w] in 0..1 → logits that x is real, [n, 1, h/4, w/4].
 */
export const textureDiscriminator: Network = (x, parameter) => {
  let y = x;
  for (const [i, [channels, stride]] of LAYERS.entries())
    y = leakyRelu(convolve(y, parameter, `conv${i}`, channels, 3, { stride }), SLOPE);
  return convolve(y, parameter, 'logit', 1, 1);
};
