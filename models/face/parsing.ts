/**
 * The parsing network: which of PARSING_CLASSES each pixel around a face is. It sees a square of 256×256 samples upright
 * with the face, with the selfie network's matte of it and contours of the mesh.
 */
import type { Picture } from '../image/picture.ts';
import {
  Network,
  openNetwork,
  type Session,
  type SessionOptions,
  type TensorData,
} from '../runtime/index.ts';
import type { PersonMatte } from './matte.ts';
import { PARSING_CHANNELS, PARSING_SIDE } from './parsing-classes.ts';
import { closeLook, inSquare, meshHints, NEAR, parsingSquare, WIDE } from './parsing-input.ts';
import type { Look, ParsedSquare, Parsing } from './read-parsing.ts';
import { Sampler } from './sampler.ts';
import type { Square } from './square.ts';

const RANGE = { scale: 1 / 255, offset: 0 };
/** A picture that reaches past the near square by more than this share of it is looked at a second time, wider. */
const REACH = 0.2;
/** Share of the closer look in the mean: alone it is better in photographs' clothes and worse in paintings' hair (model card). */
const CLOSE_WEIGHT = 0.5;

export class FaceParser extends Network {
  readonly #matte: PersonMatte;
  readonly #parsed = new WeakMap<Picture, WeakMap<Float32Array, Promise<Parsing>>>();

  constructor(session: Session, matte: PersonMatte) {
    super(session);
    this.#matte = matte;
  }

  static async load(options: SessionOptions, matte: PersonMatte): Promise<FaceParser> {
    return new FaceParser(await openNetwork('parsing', options), matte);
  }

  /**
   * Done once for each face of a picture, and kept as long as both.
   * @param landmarks 468 · 3 coordinates in pixels of the picture
   */
  parse(picture: Picture, landmarks: Float32Array): Promise<Parsing> {
    const known = this.#parsed.get(picture) ?? new WeakMap<Float32Array, Promise<Parsing>>();
    this.#parsed.set(picture, known);
    const parsing = known.get(landmarks) ?? this.#parse(new Sampler(picture), landmarks);
    known.set(landmarks, parsing);
    return parsing;
  }

  async #parse(sampler: Sampler, landmarks: Float32Array): Promise<Parsing> {
    const near = await this.#look(sampler, landmarks, NEAR);
    const close = closeLook(landmarks, sampler);
    const closer = close ? [{ ...(await this.#look(sampler, landmarks, close)), weight: CLOSE_WEIGHT }] : [];
    const wider = reachesPast(sampler, near.square) ? [await this.#look(sampler, landmarks, WIDE)] : [];
    return [...closer, near, ...wider];
  }

  async #look(sampler: Sampler, landmarks: Float32Array, look: Look): Promise<ParsedSquare> {
    const square = parsingSquare(landmarks, look);
    const colours = sampler.sample(square, PARSING_SIDE, RANGE, 'edge');
    const x = await this.#input(colours, inSquare(landmarks, square));
    const { shares } = await this.session.run({ x });
    return { look, weight: 1, square, shares: shares.data };
  }

  /** @param landmarks in samples of the square */
  async #input(colours: TensorData, landmarks: Float32Array): Promise<TensorData> {
    const planes = [colours.data, await this.#matte.raw(colours), ...meshHints(landmarks)];
    const data = new Float32Array(PARSING_CHANNELS * PARSING_SIDE ** 2);
    let at = 0;
    for (const plane of planes) {
      data.set(plane, at);
      at += plane.length;
    }
    return { dims: [1, PARSING_CHANNELS, PARSING_SIDE, PARSING_SIDE], data };
  }
}

function reachesPast({ width, height }: Sampler, { x, y, size }: Square): boolean {
  const reach = size * (0.5 + REACH);
  return x - reach > 0 || y - reach > 0 || x + reach < width || y + reach < height;
}
