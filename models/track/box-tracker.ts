/** Tracks whatever is in a box by regression alone: no detector, no landmarks. */
import { Sampler, type Square } from '../face/index.ts';
import type { Picture, Rect } from '../image/picture.ts';
import type { SessionOptions } from '../runtime/index.ts';
import { MotionRegressor, type Template } from './regressor.ts';

export class BoxTracker {
  readonly #regressor: MotionRegressor;
  #square: Square;
  #template: Template;
  /** Width over height of the box. */
  readonly #aspect: number;

  private constructor(regressor: MotionRegressor, square: Square, template: Template, aspect: number) {
    this.#regressor = regressor;
    this.#square = square;
    this.#template = template;
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
    this.#square = await this.#regressor.follow(this.#template, sampler, this.#square);
    this.#template = this.#regressor.template(sampler, this.#square);
    const { x, y, size } = this.#square;
    const width = size * Math.sqrt(this.#aspect);
    const height = size / Math.sqrt(this.#aspect);
    return { x: x - width / 2, y: y - height / 2, width, height };
  }

  release(): Promise<void> {
    return this.#regressor.release();
  }
}
