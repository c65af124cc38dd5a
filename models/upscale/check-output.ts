import { LimnerError } from '../errors.ts';

/** How far the mean of an enlargement may be from the mean of its input, 0..1. */
const LARGEST_DRIFT = 0.15;
const FLAT = 1 / 255;

interface Range {
  readonly low: number;
  readonly high: number;
  readonly mean: number;
}

/** Of three planes, one after another. Side by side they take half the time, which counts for large pictures. */
function rangeOf(planes: Float32Array): Range {
  const area = planes.length / 3;
  const [red, green, blue] = [0, 1, 2].map((c) => planes.subarray(c * area, (c + 1) * area));
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [r, g, b] = [0, 0, 0];
  for (let i = 0; i < area; i++) {
    low = Math.min(low, red[i], green[i], blue[i]);
    high = Math.max(high, red[i], green[i], blue[i]);
    r += red[i];
    g += green[i];
    b += blue[i];
  }
  return { low, high, mean: (r + g + b) / planes.length };
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
