import { softplus } from '../graph/activation.ts';
import { abs, add, mean, multiply, negate, scale, sqrt, subtract } from '../graph/arithmetic.ts';
import type { Tensor } from '../graph/graph.ts';

/** Mean of √(d² + ε²): |d| with a smooth bottom. Charbonnier et al. 1994; Lai et al. 2017 for super-resolution. */
export function charbonnier(a: Tensor, b: Tensor, epsilon = 1e-3): Tensor {
  const difference = subtract(a, b);
  return mean(sqrt(add(multiply(difference, difference), a.graph.scalar(epsilon * epsilon))));
}

export function meanSquaredError(a: Tensor, b: Tensor): Tensor {
  const difference = subtract(a, b);
  return mean(multiply(difference, difference));
}

export function meanAbsoluteError(a: Tensor, b: Tensor): Tensor {
  return mean(abs(subtract(a, b)));
}

/** What the generator minimises: -log of the discriminator's belief that its pictures are real. Ledig et al. eq. 6. */
export function adversarialLoss(logitsOfFake: Tensor): Tensor {
  return mean(softplus(negate(logitsOfFake)));
}

/** Cross entropy of real against fake, averaged over both. Ledig et al. eq. 2. */
export function discriminatorLoss(logitsOfReal: Tensor, logitsOfFake: Tensor): Tensor {
  return scale(add(mean(softplus(negate(logitsOfReal))), mean(softplus(logitsOfFake))), 0.5);
}
