import { LimnerError } from '../errors.ts';

/** How far the mean of an enlargement may be from the mean of its input, 0..1. */
const LARGEST_DRIFT = 0.15;
const FLAT = 1 / 255;

interface Range {
  readonly low: number;
  readonly high: number;
  readonly mean: number;
}

function rangeOf(values: Float32Array): Range {
  let [low, high, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
    sum += value;
  }
  return { low, high, mean: sum / values.length };
}

/**
 * Refuses an enlargement that cannot be one of this input (planes in 0..1): not finite, constant where the input is
 * not, or of another brightness, such as black. @throws BAD_OUTPUT
 */
export function checkOutput(input: Float32Array, output: Float32Array): void {
  const [from, to] = [rangeOf(input), rangeOf(output)];
  const fail = (what: string): never => {
    throw new LimnerError('BAD_OUTPUT', `The network returned ${what}.`);
  };
  if (!Number.isFinite(to.mean)) fail('values that are not numbers');
  if (to.high - to.low < FLAT && from.high - from.low > 8 * FLAT) fail('a constant picture');
  if (Math.abs(to.mean - from.mean) > LARGEST_DRIFT) fail('a picture of another brightness');
}
