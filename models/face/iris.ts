/** Where the eyes look: MediaPipe Iris (Ablavatski et al. 2020), 71 points of an eye's contour and 5 of its iris. */
import { Network, openNetwork, type SessionOptions, type TensorData } from '../runtime/index.ts';
import type { Sampler } from './sampler.ts';
import { fromSquare, type Square } from './square.ts';
import { LEFT_EYE_INNER, LEFT_EYE_OUTER, RIGHT_EYE_INNER, RIGHT_EYE_OUTER } from './topology.ts';

const SIDE = 64;
const RANGE = { scale: 1 / 255, offset: 0 };
/** Side of the crop over the distance between the corners of the eye, as the network was trained. */
const MARGIN = 2.3;
/** The iris's centre among the 76 points. */
const CENTRE = 71;

/** The iris of one eye. */
export interface Iris {
  /** Centre, in picture pixels. */
  readonly x: number;
  readonly y: number;
  /** Pixels between the corners of the eye that it lies in. */
  readonly eyeWidth: number;
}

export class IrisFinder extends Network {
  static async load(options: SessionOptions): Promise<IrisFinder> {
    return new IrisFinder(await openNetwork('iris', options));
  }

  /** The left and the right iris on the picture, of a face with these 468 · 3 coordinates. */
  async locate(sampler: Sampler, landmarks: Float32Array): Promise<readonly [Iris, Iris]> {
    return [
      await this.#locateOne(sampler, landmarks, LEFT_EYE_OUTER, LEFT_EYE_INNER, false),
      // The network knows eyes of one side; the others it sees in a mirror.
      await this.#locateOne(sampler, landmarks, RIGHT_EYE_INNER, RIGHT_EYE_OUTER, true),
    ];
  }

  async #locateOne(
    sampler: Sampler,
    landmarks: Float32Array,
    left: number,
    right: number,
    isMirrored: boolean,
  ): Promise<Iris> {
    const crop = eyeSquare(landmarks, left, right);
    const sampled = sampler.sample(crop, SIDE, RANGE, 'edge');
    const { eye } = await this.session.run({ input: isMirrored ? mirrored(sampled) : sampled });
    const [u, v] = [eye.data[3 * CENTRE] / SIDE, eye.data[3 * CENTRE + 1] / SIDE];
    const [x, y] = fromSquare(crop, isMirrored ? 1 - u : u, v);
    return { x, y, eyeWidth: crop.size / MARGIN };
  }
}

/** Around an eye, along its corners. */
function eyeSquare(landmarks: Float32Array, left: number, right: number): Square {
  const [x0, y0] = [landmarks[3 * left], landmarks[3 * left + 1]];
  const [x1, y1] = [landmarks[3 * right], landmarks[3 * right + 1]];
  return {
    x: (x0 + x1) / 2,
    y: (y0 + y1) / 2,
    size: Math.hypot(x1 - x0, y1 - y0) * MARGIN,
    angle: Math.atan2(y1 - y0, x1 - x0),
  };
}

/** [1, 3, SIDE, SIDE] with every row turned round. */
function mirrored({ dims, data }: TensorData): TensorData {
  const out = new Float32Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = data[i - (i % SIDE) + SIDE - 1 - (i % SIDE)];
  return { dims, data: out };
}
