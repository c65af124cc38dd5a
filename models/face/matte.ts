/**
 * The person matte: MediaPipe selfie segmentation on 256×256, brought to the picture's size by a guided filter
 * (He, Sun, Tang 2013), so that its edges are the picture's.
 */
import type { Picture, Plane } from '../image/picture.ts';
import { createSession, loadWeights, type Session, type SessionOptions } from '../runtime/index.ts';
import { refineMatte } from './guided-filter.ts';
import type { Sampler } from './sampler.ts';
import { type Square, squareAround } from './square.ts';

const SIDE = 256;
const RANGE = { scale: 1 / 255, offset: 0 };

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
    const square = squareAround(picture.width, picture.height);
    const input = sampler.sample(square, SIDE, RANGE, 'edge');
    const { matte } = await this.#session.run({ input });
    return refineMatte(picture, upsample(matte.data, square, picture.width, picture.height));
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}

/** Bilinear, from the square's samples to the picture's pixels; the square is not rotated. */
function upsample(coarse: Float32Array, square: Square, width: number, height: number): Plane {
  const data = new Float32Array(width * height);
  const clamp = (value: number) => Math.min(SIDE - 1, Math.max(0, value));
  const toSample = SIDE / square.size;
  for (let y = 0; y < height; y++) {
    const v = clamp((y + 0.5 - square.y) * toSample + SIDE / 2 - 0.5);
    const row = Math.min(SIDE - 2, v | 0);
    const fy = v - row;
    for (let x = 0; x < width; x++) {
      const u = clamp((x + 0.5 - square.x) * toSample + SIDE / 2 - 0.5);
      const column = Math.min(SIDE - 2, u | 0);
      const fx = u - column;
      const i = row * SIDE + column;
      const top = coarse[i] * (1 - fx) + coarse[i + 1] * fx;
      const bottom = coarse[i + SIDE] * (1 - fx) + coarse[i + SIDE + 1] * fx;
      data[y * width + x] = top * (1 - fy) + bottom * fy;
    }
  }
  return { width, height, data };
}
