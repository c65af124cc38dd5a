/**
 * The lips, seen more closely: the head for lips of the attention mesh (Grishchenko et al. 2020), 80 points from a crop
 * of the first layers' features. The original's crop is around the lips of its own coarse mesh; here it is around those of
 * the face mesh, which lie truer.
 */
import { Network, openNetwork, type SessionOptions, type TensorData } from '../runtime/index.ts';
import { MESH_SIDE, meshInput } from './mesh.ts';
import type { Sampler } from './sampler.ts';
import { fromSquare, type Square, toSquare } from './square.ts';
import { LIPS, MOUTH_LEFT, MOUTH_RIGHT } from './topology.ts';

/** Pixels of the network's input, along and across the mouth's corners. */
export interface LipsCrop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Radians, clockwise on screen. */
  readonly angle: number;
}

/** Sides of the crop over those of the lips, as the network was trained. */
const MARGIN = 1.5;
/** Samples of the crop in each direction. */
const SAMPLES = 16;
/** Samples of the features in each direction, and pixels of the input from one to the next. */
const [FEATURES, STRIDE] = [48, 4];
/** Side of the crop in the unit in which the network answers. */
const UNITS = 64;
/** The second is around the lips of the first: it halves the error where the mesh is far off; a third adds nothing (models/MODEL_CARD.md). */
const LOOKS = 2;

export class LipsFinder extends Network {
  static async load(options: SessionOptions): Promise<LipsFinder> {
    return new LipsFinder(await openNetwork('lips', options));
  }

  /**
   * @param landmarks 468 · 3 numbers in pixels: the face, and roughly its lips
   * @returns 80 pairs x, y in pixels, in the order of LIPS
   */
  async locate(sampler: Sampler, landmarks: Float32Array): Promise<Float32Array> {
    const { crop: view, input } = meshInput(sampler, landmarks);
    let points = inView(landmarks, view);
    for (let look = 0; look < LOOKS; look++) {
      const crop = lipsCrop(points);
      const { lips } = await this.session.run({ input, grid: lipsGrid(crop) });
      points = fromUnits(lips.data, crop);
    }
    return mapPairs(points, (x, y) => fromSquare(view, x / MESH_SIDE, y / MESH_SIDE));
  }
}

/** The lips of a mesh, 80 pairs in pixels of the network's input. */
function inView(landmarks: Float32Array, view: Square): Float32Array {
  const lips = Float32Array.from(LIPS.flatMap((k) => [landmarks[3 * k], landmarks[3 * k + 1]]));
  return mapPairs(lips, (x, y) => {
    const [u, v] = toSquare(view, x, y);
    return [u * MESH_SIDE, v * MESH_SIDE];
  });
}

/** @param lips 80 pairs in pixels of the network's input, in the order of LIPS */
export function lipsCrop(lips: Float32Array): LipsCrop {
  const [left, right] = [2 * LIPS.indexOf(MOUTH_LEFT), 2 * LIPS.indexOf(MOUTH_RIGHT)];
  const angle = Math.atan2(lips[right + 1] - lips[left + 1], lips[right] - lips[left]);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let [minU, maxU, minV, maxV] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < lips.length; i += 2) {
    const [u, v] = [lips[i] * cos + lips[i + 1] * sin, lips[i + 1] * cos - lips[i] * sin];
    [minU, maxU] = [Math.min(minU, u), Math.max(maxU, u)];
    [minV, maxV] = [Math.min(minV, v), Math.max(maxV, v)];
  }
  const [u, v] = [(minU + maxU) / 2, (minV + maxV) / 2];
  const [width, height] = [MARGIN * (maxU - minU), MARGIN * (maxV - minV)];
  return { x: u * cos - v * sin, y: u * sin + v * cos, width, height, angle };
}

/** Where the crop's samples lie on the features: [1, 16, 16, 2], x and y, -1 and 1 being the outermost features. */
export function lipsGrid(crop: LipsCrop): TensorData {
  const data = new Float32Array(2 * SAMPLES * SAMPLES);
  for (let row = 0, i = 0; row < SAMPLES; row++) {
    for (let column = 0; column < SAMPLES; column++) {
      for (const value of fromCrop(crop, (column + 0.5) / SAMPLES, (row + 0.5) / SAMPLES)) {
        data[i++] = (2 * (value / STRIDE - 0.5)) / (FEATURES - 1) - 1;
      }
    }
  }
  return { dims: [1, SAMPLES, SAMPLES, 2], data };
}

/** @param lips 80 pairs as the network answers. @returns them in pixels of its input */
export const fromUnits = (lips: Float32Array, crop: LipsCrop): Float32Array =>
  mapPairs(lips, (u, v) => fromCrop(crop, u / UNITS, v / UNITS));

/** A point given in fractions of the crop, in pixels of the network's input. */
function fromCrop({ x, y, width, height, angle }: LipsCrop, u: number, v: number): [number, number] {
  const [dx, dy] = [(u - 0.5) * width, (v - 0.5) * height];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [x + dx * cos - dy * sin, y + dx * sin + dy * cos];
}

function mapPairs(
  pairs: Float32Array,
  map: (x: number, y: number) => readonly [number, number],
): Float32Array {
  const mapped = new Float32Array(pairs.length);
  for (let i = 0; i < pairs.length; i += 2) mapped.set(map(pairs[i], pairs[i + 1]), i);
  return mapped;
}
