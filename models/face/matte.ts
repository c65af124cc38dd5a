/**
 * The person matte: the mean of what MediaPipe selfie segmentation and the parsing network see on 256×256 samples, brought
 * to the picture's size by a guided filter. A person who is small in the picture is looked at a second time, closer.
 */
import { cropPlane } from '../image/crop.ts';
import { padPicture } from '../image/pad.ts';
import type { Picture, Plane, Rect } from '../image/picture.ts';
import { Network, openNetwork, type SessionOptions, type TensorData } from '../runtime/index.ts';
import { applyLinearModels, fitLinearModels } from './guided-filter.ts';
import { removeIslands } from './islands.ts';
import { faceMask } from './mask.ts';
import { faceSquare } from './mesh.ts';
import { PARSING_CLASSES } from './parsing-classes.ts';
import { type Parsing, placeParsing, readParsing } from './read-parsing.ts';
import { Sampler } from './sampler.ts';

const SIDE = 256;
const RANGE = { scale: 1 / 255, offset: 0 };
/** Of the guided filter: samples of 1/256 of the picture, and squared colour units. */
const RADIUS = 4;
const EPSILON = 1e-4;
/** What the network is hardly sure of counts as sure: values from UNSURE to 1 - UNSURE are spread over 0..1. */
const UNSURE = 0.15;
/** The close look covers this many face sizes, its middle that many below the face's. */
const CLOSE_SIZE = 5;
const CLOSE_BELOW = 1;
/** The share of a close look's side over which it fades into the first. */
const FADE = 0.1;

/** A person whose face is known, and what the parsing network saw around it. */
export interface KnownPerson {
  readonly landmarks: Float32Array;
  readonly parsing: Parsing;
}

const PERSON = PARSING_CLASSES.slice(1);

export class PersonMatte extends Network {
  static async load(options: SessionOptions): Promise<PersonMatte> {
    return new PersonMatte(await openNetwork('selfie', options));
  }

  /**
   * How much of each pixel is person, 0..1.
   *
   * @param person whose matte it is, when known
   */
  async matte(picture: Picture, sampler: Sampler, person?: KnownPerson): Promise<Plane> {
    if (person && fillsFrame(person.landmarks, picture)) return this.#lookFromAfar(picture, person);
    const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
    const matte = await this.#look(picture, sampler, whole, person);
    const close = person && closeLook(person.landmarks, whole);
    if (close) fadeIn(matte, await this.#look(picture, sampler, close, person), close);
    return matte;
  }

  /** The network knows no face that fills its picture: it takes chin and cheeks for what is behind one. */
  async #lookFromAfar(picture: Picture, { landmarks, parsing }: KnownPerson): Promise<Plane> {
    const { width, height } = picture;
    const by = Math.round(AFAR * Math.min(width, height));
    const padded = padPicture(picture, by);
    const moved = landmarks.map((value, i) => (i % 3 === 2 ? value : value + by));
    const all = { x: 0, y: 0, width: padded.width, height: padded.height };
    const person = { landmarks: moved, parsing: placeParsing(parsing, { x: -by, y: -by }, 1) };
    const matte = await this.#look(padded, new Sampler(padded), all, person);
    return cropPlane(matte, { x: by, y: by, width, height });
  }

  /** The matte of a rectangle of whole pixels, at its size. */
  async #look(picture: Picture, sampler: Sampler, rect: Rect, person?: KnownPerson): Promise<Plane> {
    const input = sampler.stretch(rect, SIDE, SIDE, RANGE);
    const matte = await this.raw(input);
    if (person) {
      mixIn(matte, rect, person.parsing);
      includeFace(matte, rect, person.landmarks);
    }
    removeIslands(matte, SIDE);
    const [models] = fitLinearModels(input, [matte], RADIUS, EPSILON);
    const plane = applyLinearModels(picture, rect, models);
    for (let i = 0; i < plane.data.length; i++) {
      plane.data[i] = Math.min(1, Math.max(0, (plane.data[i] - UNSURE) / (1 - 2 * UNSURE)));
    }
    return plane;
  }

  /** What the network answers for colours 0..1 of its own size. */
  async raw(colours: TensorData): Promise<Float32Array> {
    const { matte } = await this.session.run({ input: colours });
    return matte.data;
  }
}

/** How much the parsing network's log odds count where it looks; chosen on labelled faces and references. */
const SHARE = 0.4;
/** Neither network is ever surer than this. */
const SUREST = 0.98;

/** The mean of the log odds of both: who is sure outvotes who is not. */
function mixIn(matte: Float32Array, rect: Rect, parsing: Parsing): void {
  const { shares, seen } = readParsing(parsing, [PERSON], rect, SIDE, SIDE);
  for (let i = 0; i < matte.length; i++) {
    const weight = SHARE * seen[i];
    const odds = (1 - weight) * logOdds(matte[i]) + weight * logOdds(shares[0][i]);
    matte[i] = 1 / (1 + Math.exp(-odds));
  }
}

const logOdds = (share: number): number => {
  const p = Math.min(SUREST, Math.max(1 - SUREST, share));
  return Math.log(p / (1 - p));
};

/** A face larger than this share of the picture's shorter side is seen with so much more around, as a share of that side. */
const FILLS = 0.85;
const AFAR = 0.3;

const fillsFrame = (landmarks: Float32Array, { width, height }: Picture): boolean =>
  faceSquare(landmarks).size > FILLS * Math.min(width, height);

/** The part of the picture with head and shoulders; undefined when that is most of it anyway. */
function closeLook(landmarks: Float32Array, whole: Rect): Rect | undefined {
  const { x, y, size } = faceSquare(landmarks);
  const reach = (CLOSE_SIZE * size) / 2;
  const left = Math.max(0, Math.round(x - reach));
  const top = Math.max(0, Math.round(y + CLOSE_BELOW * size - reach));
  const right = Math.min(whole.width, Math.round(x + reach));
  const bottom = Math.min(whole.height, Math.round(y + CLOSE_BELOW * size + reach));
  const close = { x: left, y: top, width: right - left, height: bottom - top };
  return close.width * close.height < 0.5 * whole.width * whole.height ? close : undefined;
}

/** The network may see no person in a painting whose face the mesh fits well. `matte` is the rectangle's samples. */
function includeFace(matte: Float32Array, rect: Rect, landmarks: Float32Array): void {
  const origin = [rect.x, rect.y, 0];
  const perPixel = [SIDE / rect.width, SIDE / rect.height, 1];
  const inSamples = landmarks.map((value, i) => (value - origin[i % 3]) * perPixel[i % 3]);
  const mask = faceMask(inSamples, SIDE, SIDE, 1);
  for (let i = 0; i < matte.length; i++) matte[i] = Math.max(matte[i], mask.data[i]);
}

/** Replaces a rectangle of the matte, softly where the rectangle ends inside the picture. */
function fadeIn(matte: Plane, close: Plane, rect: Rect): void {
  const columns = fades(rect.x, rect.width, matte.width);
  const rows = fades(rect.y, rect.height, matte.height);
  for (let y = 0; y < rect.height; y++) {
    for (let x = 0; x < rect.width; x++) {
      const at = (rect.y + y) * matte.width + rect.x + x;
      matte.data[at] += rows[y] * columns[x] * (close.data[y * rect.width + x] - matte.data[at]);
    }
  }
}

/** Weights 0..1 along one side. */
function fades(start: number, length: number, pictureLength: number): Float32Array {
  const span = FADE * length;
  const rise = (distance: number) => Math.min(1, (distance + 0.5) / span);
  return Float32Array.from({ length }, (_, i) => {
    const fromStart = start > 0 ? rise(i) : 1;
    const fromEnd = start + length < pictureLength ? rise(length - 1 - i) : 1;
    return fromStart * fromEnd;
  });
}
