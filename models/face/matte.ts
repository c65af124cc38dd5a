/**
 * The person matte: MediaPipe selfie segmentation on 256×256, brought to the picture's size by a guided filter
 * (He, Sun, Tang 2013), so that its edges are the picture's.
 */
import type { Picture, Plane } from '../image/picture.ts';
import { createSession, loadWeights, type Session, type SessionOptions } from '../runtime/index.ts';
import { applyLinearModels, fitLinearModels } from './guided-filter.ts';
import type { Sampler } from './sampler.ts';

const SIDE = 256;
const RANGE = { scale: 1 / 255, offset: 0 };
/** Of the guided filter, in samples of 1/256 of the picture, and in squared colour units. */
const RADIUS = 4;
const EPSILON = 1e-4;

export class PersonMatte {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  static async load(options: SessionOptions): Promise<PersonMatte> {
    return new PersonMatte(await createSession(await loadWeights('selfie'), options));
  }

  /** How much of each pixel is person, 0..1. */
  async matte(picture: Picture, sampler: Sampler): Promise<Plane> {
    const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
    const input = sampler.stretch(whole, SIDE, SIDE, RANGE);
    const { matte } = await this.#session.run({ input });
    return applyLinearModels(picture, fitLinearModels(input, matte.data, RADIUS, EPSILON));
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}
