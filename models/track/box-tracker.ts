/** Tracks whatever is in a box by regression alone: no detector, no landmarks. */
import { Sampler, type Square } from '../face/index.ts';
import type { Picture, Rect } from '../image/picture.ts';
import type { SessionOptions } from '../runtime/index.ts';
import { Keyframes } from './keyframes.ts';
import { likeness, MotionRegressor, type Template } from './regressor.ts';

/** Keyframes that are asked; on david_otb three were better than one (success 0.735 against 0.708). */
const WITNESSES = 3;
/** A keyframe counts as the likeness of what it found, to this power, so that one that failed hardly counts. */
const TRUST_POWER = 6;
const LEAST_TRUST = 0.01;

/** Follows one box through a sequence. */
export class BoxTracker {
  readonly #regressor: MotionRegressor;
  #square: Square;
  #last: Template;
  readonly #keyframes: Keyframes;
  /** Width over height of the box. */
  readonly #aspect: number;

  private constructor(regressor: MotionRegressor, square: Square, template: Template, aspect: number) {
    this.#regressor = regressor;
    this.#square = square;
    this.#last = template;
    this.#keyframes = new Keyframes(template);
    this.#aspect = aspect;
  }

  /** @param box in the first frame */
  static async load(picture: Picture, box: Rect, options: SessionOptions): Promise<BoxTracker> {
    const regressor = await MotionRegressor.load(options);
    const square = {
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      size: Math.sqrt(box.width * box.height),
      angle: 0,
    };
    return new BoxTracker(
      regressor,
      square,
      regressor.template(new Sampler(picture), square),
      box.width / box.height,
    );
  }

  /** The upright box in the next frame. */
  async track(picture: Picture): Promise<Rect> {
    const sampler = new Sampler(picture);
    const guess = await this.#regressor.follow(this.#last, sampler, this.#square, 1);
    this.#square = await this.#refine(sampler, guess);
    this.#last = this.#regressor.template(sampler, this.#square);
    this.#keyframes.consider(this.#last);
    const { x, y, size } = this.#square;
    const width = size * Math.sqrt(this.#aspect);
    const height = size / Math.sqrt(this.#aspect);
    return { x: x - width / 2, y: y - height / 2, width, height };
  }

  /** Where the likest keyframes say the square is, each as much as what it found is like it. */
  async #refine(sampler: Sampler, guess: Square): Promise<Square> {
    const found: { square: Square; weight: number }[] = [];
    for (const keyframe of this.#keyframes.likest(this.#regressor.template(sampler, guess), WITNESSES)) {
      const square = await this.#regressor.follow(keyframe, sampler, guess);
      const similar = likeness(keyframe, this.#regressor.template(sampler, square));
      found.push({ square, weight: Math.max(LEAST_TRUST, similar) ** TRUST_POWER });
    }
    const total = found.reduce((sum, { weight }) => sum + weight, 0);
    const mean = (value: (square: Square) => number) =>
      found.reduce((sum, { square, weight }) => sum + weight * value(square), 0) / total;
    return {
      x: mean(({ x }) => x),
      y: mean(({ y }) => y),
      size: Math.exp(mean(({ size }) => Math.log(size))),
      angle: mean(({ angle }) => angle),
    };
  }

  /** Gives the network's memory back. */
  release(): Promise<void> {
    return this.#regressor.release();
  }
}
