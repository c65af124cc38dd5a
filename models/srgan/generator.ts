import { prelu } from '../graph/activation.ts';
import { add } from '../graph/arithmetic.ts';
import { convolution } from '../graph/convolution.ts';
import type { Tensor } from '../graph/graph.ts';
import type { Network, ParameterSource } from '../graph/parameters.ts';
import { pixelShuffle } from '../graph/shape.ts';

/** The size of a generator: residual blocks, and channels of each. */
export interface GeneratorSize {
  readonly blocks: number;
  readonly channels: number;
}

export const GENERATORS = {
  srresnet: { blocks: 16, channels: 64 },
  'srgan-lite': { blocks: 8, channels: 32 },
} as const satisfies Record<string, GeneratorSize>;

/** Every generator makes its output this many times larger. */
export const SCALE = 4;

/**
 * SRResNet, the generator of SRGAN (Ledig et al. 2017, figure 4), without batch normalisation (as EDSR, Lim et al.
 * 2017) and predicting what bicubic interpolation misses. x [n, 3, h, w] in 0..1 → [n, 3, 4h, 4w], about 0..1.
 */
export function generator({ blocks, channels }: GeneratorSize): Network {
  return (x, parameter) => {
    const head = activated(convolve(x, parameter, 'head', channels, 9), parameter, 'head');
    let body = head;
    for (let i = 0; i < blocks; i++) body = residualBlock(body, parameter, `block${i}`);
    let up = add(head, convolve(body, parameter, 'trunk', channels, 3));
    for (const stage of ['up1', 'up2']) {
      up = activated(pixelShuffle(convolve(up, parameter, stage, 4 * channels, 3), 2), parameter, stage);
    }
    return add(bicubic(x, SCALE), convolve(up, parameter, 'tail', 3, 9, 0.1));
  };
}

/** The last convolution starts small, so that every block starts near the identity. */
function residualBlock(x: Tensor, parameter: ParameterSource, name: string): Tensor {
  const channels = x.shape[1];
  const inner = activated(convolve(x, parameter, `${name}.a`, channels, 3), parameter, name);
  return add(x, convolve(inner, parameter, `${name}.b`, channels, 3, 0.1));
}

function convolve(
  x: Tensor,
  parameter: ParameterSource,
  name: string,
  to: number,
  size: number,
  gain = 1,
): Tensor {
  const fanIn = x.shape[1] * size * size;
  const weight = parameter(`${name}.weight`, [to, x.shape[1], size, size], { fanIn, gain });
  return convolution(x, weight, parameter(`${name}.bias`, [to], { value: 0 }));
}

function activated(x: Tensor, parameter: ParameterSource, name: string): Tensor {
  return prelu(x, parameter(`${name}.slope`, [x.shape[1], 1, 1], { value: 0.25 }));
}

/** Keys' cubic, a = -0.5. A constant of the input: it passes no gradient on. */
function bicubic(x: Tensor, factor: number): Tensor {
  const [n, c, h, w] = x.shape;
  const scales = x.graph.constant(Float32Array.of(1, 1, factor, factor));
  const none = x.graph.constant(new Float32Array(0));
  return x.graph.node('Resize', [x, none, scales], [n, c, h * factor, w * factor], {
    attributes: {
      mode: 'cubic',
      cubic_coeff_a: { float: -0.5 },
      coordinate_transformation_mode: 'half_pixel',
    },
  });
}
