import { prelu } from '../graph/activation.ts';
import { add } from '../graph/arithmetic.ts';
import { convolve } from '../graph/convolve.ts';
import type { Tensor } from '../graph/graph.ts';
import type { Network, ParameterSource } from '../graph/parameters.ts';
import { pixelShuffle, sliceChannels } from '../graph/shape.ts';
import { grainOf } from './grain.ts';

/** The size of a generator. */
export interface GeneratorSize {
  readonly blocks: number;
  readonly channels: number;
  /** `paper`: 9×9 ends and two pixel-shuffle stages; `direct`: 3×3 ends and one shuffle ×4, all at low resolution. */
  readonly form: 'paper' | 'direct';
  /** Adds grain that the picture does not foretell, made of noise that follows red, green and blue in the input. */
  readonly grain?: boolean;
}

export const GENERATORS = {
  srresnet: { blocks: 16, channels: 64, form: 'paper' },
  srgan: { blocks: 16, channels: 64, form: 'paper' },
  'srgan-lite': { blocks: 8, channels: 36, form: 'direct' },
} as const satisfies Record<string, GeneratorSize>;

/** Every generator makes its output this many times larger. */
export const SCALE = 4;

/** Channels of noise in the input of a generator with grain: one number for each pixel of the output. */
export const NOISE_CHANNELS = SCALE ** 2;

/** Channels of a generator's input. */
export const inputChannels = ({ grain }: GeneratorSize): number => 3 + (grain ? NOISE_CHANNELS : 0);

/**
 * Pixels of the input around a pixel on which its enlargement depends: half a kernel for each convolution, fewer after
 * a shuffle.
 */
export function reachOf({ blocks, form }: GeneratorSize): number {
  return form === 'paper' ? Math.ceil(4 + 2 * blocks + 1 + 1 + 1 / 2 + 4 / 4) : 1 + 2 * blocks + 1 + 1;
}

/**
 * SRResNet, the generator of SRGAN (Ledig et al. 2017, figure 4), without batch normalisation (as EDSR, Lim et al.
 * 2017) and predicting what bilinear interpolation misses. The direct form upsamples as ESPCN (Shi et al. 2016) does.
 * x [n, 3, h, w] in 0..1 → [n, 3, 4h, 4w], about 0..1. With grain x is [n, 19, h, w], the noise of variance 1.
 */
export function generator(size: GeneratorSize): Network {
  const { blocks, channels, form, grain } = size;
  const ends = form === 'paper' ? 9 : 3;
  return (input, parameter) => {
    const x = grain ? sliceChannels(input, 0, 3) : input;
    const head = activated(convolve(x, parameter, 'head', channels, ends), parameter, 'head');
    let body = head;
    for (let i = 0; i < blocks; i++) body = residualBlock(body, parameter, `block${i}`);
    const features = add(head, convolve(body, parameter, 'trunk', channels, 3));
    const detail = form === 'paper' ? twoStages(features, parameter) : oneStage(features, parameter);
    const high = add(bilinear(x, SCALE), detail);
    return grain ? add(high, grainOf(sliceChannels(input, 3, NOISE_CHANNELS), features, parameter)) : high;
  };
}

function twoStages(features: Tensor, parameter: ParameterSource): Tensor {
  let up = features;
  for (const stage of ['up1', 'up2']) {
    up = activated(
      pixelShuffle(convolve(up, parameter, stage, 4 * features.shape[1], 3), 2),
      parameter,
      stage,
    );
  }
  return convolve(up, parameter, 'tail', 3, 9, { gain: 0.1 });
}

function oneStage(features: Tensor, parameter: ParameterSource): Tensor {
  return pixelShuffle(convolve(features, parameter, 'tail', 3 * SCALE * SCALE, 3, { gain: 0.1 }), SCALE);
}

/** The last convolution starts small, so that every block starts near the identity. */
function residualBlock(x: Tensor, parameter: ParameterSource, name: string): Tensor {
  const channels = x.shape[1];
  const inner = activated(convolve(x, parameter, `${name}.a`, channels, 3), parameter, name);
  return add(x, convolve(inner, parameter, `${name}.b`, channels, 3, { gain: 0.1 }));
}

function activated(x: Tensor, parameter: ParameterSource, name: string): Tensor {
  return prelu(x, parameter(`${name}.slope`, [x.shape[1], 1, 1], { value: 0.25 }));
}

/** A constant of the input: it passes no gradient on. */
function bilinear(x: Tensor, factor: number): Tensor {
  const [n, c, h, w] = x.shape;
  const scales = x.graph.constant(Float32Array.of(1, 1, factor, factor));
  const none = x.graph.constant(new Float32Array(0));
  return x.graph.node('Resize', [x, none, scales], [n, c, h * factor, w * factor], {
    attributes: { mode: 'linear', coordinate_transformation_mode: 'half_pixel' },
  });
}
