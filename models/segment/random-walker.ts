/**
 * Random walker with priors (Grady 2005): shares of labels that follow the evidence at each pixel and, across weak
 * edges, that of its surroundings.
 */
import { createPlane, type Plane } from '../image/picture.ts';

/** A step's weight falls to 1/e at this many times the mean squared colour difference of neighbours. */
const CONTRAST = 1;
/** Steps across the strongest edge keep this weight, so that no pixel is left alone. */
const LEAST_STEP = 0.01;
/** Over-relaxation of the solver. */
const RELAXATION = 1.5;

export interface Walk {
  /** 1 where shares are wanted; the walker does not leave it. */
  readonly region: Uint8Array;
  /** Weight of a pixel's own evidence against that of its four neighbours. */
  readonly trust: number;
  /** Passes of the solver. */
  readonly sweeps: number;
}

/** Weights of the steps to the right and down from each pixel; 0 where the region ends. */
export interface StepWeights {
  readonly right: Float32Array;
  readonly down: Float32Array;
}

/** @param colours planes of one size whose edges labels follow */
export function stepWeights(
  colours: readonly Float32Array[],
  width: number,
  region: Uint8Array,
): StepWeights {
  const size = region.length;
  const [right, down] = [new Float32Array(size).fill(-1), new Float32Array(size).fill(-1)];
  let [sum, count] = [0, 0];
  for (let i = 0; i < size; i++) {
    if (region[i] === 0) continue;
    for (const [steps, j, isInside] of [
      [right, i + 1, i % width < width - 1],
      [down, i + width, i + width < size],
    ] as const) {
      if (!isInside || region[j] === 0) continue;
      steps[i] = 0;
      for (const channel of colours) steps[i] += (channel[j] - channel[i]) ** 2;
      sum += steps[i];
      count++;
    }
  }
  const contrast = CONTRAST * Math.max(1e-6, sum / count);
  const weigh = (difference: number) => (difference < 0 ? 0 : LEAST_STEP + Math.exp(-difference / contrast));
  return { right: right.map(weigh), down: down.map(weigh) };
}

/**
 * @param evidence for each label the probability at each pixel; sums to 1 over the labels
 * @returns shares 0..1 that sum to 1 inside the region
 */
export function randomWalker(
  evidence: readonly Plane[],
  steps: StepWeights,
  { region, trust, sweeps }: Walk,
): Plane[] {
  const { width, height } = evidence[0];
  const inside: number[] = [];
  for (let i = 0; i < region.length; i++) if (region[i] > 0) inside.push(i);
  const order = Int32Array.from(inside);
  return evidence.map((prior) => {
    const share = createPlane(width, height);
    share.data.set(prior.data);
    for (let sweep = 0; sweep < sweeps; sweep++) relax(share, prior.data, steps, trust, order, sweep % 2);
    for (const i of order) share.data[i] = Math.min(1, Math.max(0, share.data[i]));
    return share;
  });
}

/** One sweep of successive over-relaxation, forwards (0) or backwards (1). */
function relax(
  { width, data }: Plane,
  prior: Float32Array,
  { right, down }: StepWeights,
  trust: number,
  order: Int32Array,
  direction: number,
): void {
  for (let n = 0; n < order.length; n++) {
    const i = order[direction ? order.length - 1 - n : n];
    const [east, south] = [right[i], down[i]];
    const west = i > 0 ? right[i - 1] : 0;
    const north = i >= width ? down[i - width] : 0;
    let sum = trust * prior[i];
    if (east > 0) sum += east * data[i + 1];
    if (south > 0) sum += south * data[i + width];
    if (west > 0) sum += west * data[i - 1];
    if (north > 0) sum += north * data[i - width];
    data[i] += RELAXATION * (sum / (trust + east + south + west + north) - data[i]);
  }
}
