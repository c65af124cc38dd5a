import { leakyRelu } from '../graph/activation.ts';
import { add } from '../graph/arithmetic.ts';
import { frozenConvolution } from '../graph/convolution.ts';
import { convolve } from '../graph/convolve.ts';
import type { Tensor } from '../graph/graph.ts';
import { matmul } from '../graph/matmul.ts';
import type { Network, ParameterSource } from '../graph/parameters.ts';
import { concat, reshape } from '../graph/shape.ts';

export interface DiscriminatorSize {
  /** Channels of the first convolution; 64 in the paper. They double three times. */
  readonly channels: number;
  /** `paper`: dense layers, one logit a picture of fixed size; `patch`: a 1×1 convolution, one logit a 16×16 cell. */
  readonly form: 'paper' | 'patch';
  /**
   * How much what is finer than some 5 px is amplified and shown beside the picture; without it the picture is seen
   * alone. Short trainings need it: an enlargement differs from a real picture in nothing else, and by little.
   */
  readonly detail?: number;
}

const SLOPE = 0.2;

/**
 * The discriminator of SRGAN (Ledig et al. 2017, figure 4) without batch normalisation: eight 3×3 convolutions, every
 * second with stride 2, leaky ReLU 0.2. The patch form ends as Isola et al. 2017 do.
 * x [n, 3, h, w] in 0..1 → logits that x is real, [n, 1] or [n, 1, h/16, w/16].
 */
export function discriminator({ channels, form, detail }: DiscriminatorSize): Network {
  return (x, parameter) => {
    let y = detail === undefined ? x : concat([x, fineDetail(x, detail)], 1);
    for (let i = 0; i < 8; i++) {
      y = leakyRelu(
        convolve(y, parameter, `conv${i}`, channels * 2 ** (i >> 1), 3, { stride: 1 + (i % 2) }),
        SLOPE,
      );
    }
    if (form === 'patch') return convolve(y, parameter, 'logit', 1, 1);
    const [n] = y.shape;
    const flat = reshape(y, [n, y.shape[1] * y.shape[2] * y.shape[3]]);
    return dense(leakyRelu(dense(flat, parameter, 'dense', 16 * channels), SLOPE), parameter, 'logit', 1);
  };
}

/** Binomial weights of order 4. */
const BINOMIAL = [1, 4, 6, 4, 1].map((weight) => weight / 16);

/** gain · (x less its 5×5 binomial blur), channel by channel. */
function fineDetail(x: Tensor, gain: number): Tensor {
  const channels = x.shape[1];
  const kernel = BINOMIAL.flatMap((row) => BINOMIAL.map((column) => -gain * row * column));
  kernel[12] += gain;
  const weight = x.graph.constant(
    Float32Array.from({ length: 25 * channels }, (_, i) => kernel[i % 25]),
    [channels, 1, 5, 5],
  );
  return frozenConvolution(x, weight, { stride: 1, pads: [2, 2, 2, 2], group: channels });
}

function dense(x: Tensor, parameter: ParameterSource, name: string, to: number): Tensor {
  const [, inputs] = x.shape;
  const weight = parameter(`${name}.weight`, [inputs, to], { fanIn: inputs });
  return add(matmul(x, weight), parameter(`${name}.bias`, [to], { value: 0 }));
}
