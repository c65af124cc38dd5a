/** Runs the regression network: the motion of a square from one picture to another. */
import type { Sampler, Square } from '../face/index.ts';
import { Network, openNetwork, type SessionOptions } from '../runtime/index.ts';
import { inverseOf, type Motion, moveSquare } from './motion.ts';
import { CROP_CONTEXT, CROP_SIDE } from './network.ts';

const RANGE = { scale: 1 / 255, offset: 0 };
/** The second pass looks where the first one found the square, so that what is left to find is small. */
export const PASSES = 2;

/** What a square looked like: [3, 64, 64] in 0..1. */
export type Template = Float32Array;

export class MotionRegressor extends Network {
  static async load(options: SessionOptions): Promise<MotionRegressor> {
    return new MotionRegressor(await openNetwork('tracker', options));
  }

  /** Remembers what is in the square. */
  template(sampler: Sampler, square: Square): Template {
    const around = { ...square, size: square.size * CROP_CONTEXT };
    return sampler.sample(around, CROP_SIDE, RANGE, 'edge').data;
  }

  /** Where the template's square is in a picture, in which it was last known, or is guessed, to be at `start`. */
  async follow(template: Template, sampler: Sampler, start: Square, passes = PASSES): Promise<Square> {
    let square = start;
    for (let pass = 0; pass < passes; pass++)
      square = moveSquare(square, await this.#motion(template, this.template(sampler, square)));
    return square;
  }

  /**
   * Half-way between the motion there and the inverse of the motion back: what the network does wrong in both directions,
   * such as to shrink a little every time, cancels, which matters over hundreds of frames.
   */
  async #motion(target: Template, search: Template): Promise<Motion> {
    const there = await this.#regress(target, search);
    const back = inverseOf(await this.#regress(search, target));
    return {
      x: (there.x + back.x) / 2,
      y: (there.y + back.y) / 2,
      logScale: (there.logScale + back.logScale) / 2,
      roll: (there.roll + back.roll) / 2,
    };
  }

  async #regress(target: Template, search: Template): Promise<Motion> {
    const data = new Float32Array(2 * target.length);
    data.set(target);
    data.set(search, target.length);
    const { motion } = await this.session.run({ crops: { dims: [1, 6, CROP_SIDE, CROP_SIDE], data } });
    const [x, y, logScale, roll] = motion.data;
    return { x, y, logScale, roll };
  }
}

/** Correlation (Pearson's) of what two templates show of the square itself, without what is around it; -1..1. */
export function likeness(a: Template, b: Template): number {
  const [first, side] = [CROP_SIDE / 2 - CROP_SIDE / CROP_CONTEXT / 2, CROP_SIDE / CROP_CONTEXT];
  let [n, sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0, 0];
  for (let channel = 0; channel < 3; channel++) {
    for (let row = first; row < first + side; row++) {
      for (let column = first; column < first + side; column++, n++) {
        const at = (channel * CROP_SIDE + row) * CROP_SIDE + column;
        sumA += a[at];
        sumB += b[at];
        squaresA += a[at] * a[at];
        squaresB += b[at] * b[at];
        products += a[at] * b[at];
      }
    }
  }
  const deviations = (squaresA - (sumA * sumA) / n) * (squaresB - (sumB * sumB) / n);
  return (products - (sumA * sumB) / n) / Math.sqrt(Math.max(deviations, Number.EPSILON));
}
