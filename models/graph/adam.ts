import { add, divide, multiply, scale, sqrt, subtract } from './arithmetic.ts';
import type { Tensor } from './graph.ts';

/** Adam's moments and the parameters they belong to, each a vector of the same length. */
export interface AdamState {
  readonly theta: Tensor;
  readonly m: Tensor;
  readonly v: Tensor;
}

export interface AdamOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/**
 * One update of Adam (Kingma & Ba 2015, algorithm 1).
 * @param rate scalar; @param step scalar, 1 at the first update.
 */
export function adam(
  { theta, m, v }: AdamState,
  gradient: Tensor,
  rate: Tensor,
  step: Tensor,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {},
): AdamState {
  const { graph } = theta;
  const m1 = add(scale(m, beta1), scale(gradient, 1 - beta1));
  const v1 = add(scale(v, beta2), scale(multiply(gradient, gradient), 1 - beta2));
  const correction = (beta: number): Tensor =>
    subtract(graph.scalar(1), graph.node('Pow', [graph.scalar(beta), step], []));
  const denominator = add(sqrt(divide(v1, correction(beta2))), graph.scalar(epsilon));
  const change = divide(multiply(m1, divide(rate, correction(beta1))), denominator);
  return { theta: subtract(theta, change), m: m1, v: v1 };
}
