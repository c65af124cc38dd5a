/**
 * NIQE: how far a picture's local statistics are from those of natural photographs, without a reference; lower is
 * better. Mittal, Soundararajan & Bovik 2013, "Making a completely blind image quality analyzer".
 */
import { filterInside, gaussianKernel } from './filter.ts';
import { gamma } from './gamma.ts';
import { luma } from './luma.ts';
import type { Picture, Plane, Rect } from './picture.ts';
import { resizePlane } from './resize.ts';

/** A multivariate normal distribution of the features of natural patches. */
export interface NiqeModel {
  readonly mean: readonly number[];
  /** Row by row, mean.length² numbers. */
  readonly covariance: readonly number[];
}

/** Edge of a patch in pixels at full size. */
export const PATCH = 96;
const WINDOW = gaussianKernel(7, 7 / 6);
/** Patches sharper than this share of the sharpest represent a photograph in the model. */
const SHARP = 0.75;
/** Patches below which the covariance of 36 features is not worth inverting. */
const MINIMUM = 72;

interface Normalised {
  /** Luma minus its local mean, over its local deviation plus 1. */
  readonly value: Plane;
  readonly deviation: Plane;
}

function normalise(plane: Plane): Normalised {
  const extended = repeatBorder(plane, 3);
  const mean = filterInside(extended, WINDOW).data;
  const square = filterInside({ ...extended, data: extended.data.map((v) => v * v) }, WINDOW).data;
  const deviation = square.map((s, i) => Math.sqrt(Math.abs(s - mean[i] ** 2)));
  const value = plane.data.map((v, i) => (v - mean[i]) / (deviation[i] + 1));
  return { value: { ...plane, data: value }, deviation: { ...plane, data: deviation } };
}

/** The plane with its border pixels repeated outwards. */
function repeatBorder({ width, height, data }: Plane, border: number): Plane {
  const [w, h] = [width + 2 * border, height + 2 * border];
  const clamp = (i: number, length: number): number => Math.min(length - 1, Math.max(0, i - border));
  const out = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) out[y * w + x] = data[clamp(y, height) * width + clamp(x, width)];
  }
  return { width: w, height: h, data: out };
}

function cutPlane({ width, data }: Plane, rect: Rect): Float32Array {
  const out = new Float32Array(rect.width * rect.height);
  for (let y = 0; y < rect.height; y++) {
    const from = (rect.y + y) * width + rect.x;
    out.set(data.subarray(from, from + rect.width), y * rect.width);
  }
  return out;
}

const SHAPES = Float64Array.from({ length: 9801 }, (_, i) => 0.2 + i / 1000);
const RATIOS = SHAPES.map((a) => gamma(2 / a) ** 2 / (gamma(1 / a) * gamma(3 / a)));

/** The shape whose ratio is nearest; ratios rise with the shape. */
function shapeOf(ratio: number): number {
  let [low, high] = [0, RATIOS.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (RATIOS[middle] < ratio) low = middle;
    else high = middle;
  }
  return SHAPES[ratio - RATIOS[low] < RATIOS[high] - ratio ? low : high];
}

/** Moment fit of an asymmetric generalised Gaussian: shape, and the scales left and right of zero. */
function fitAsymmetric(values: Float32Array): { shape: number; left: number; right: number } {
  let [below, belowCount, above, aboveCount, absolute] = [0, 0, 0, 0, 0];
  for (const value of values) {
    absolute += Math.abs(value);
    if (value < 0) [below, belowCount] = [below + value * value, belowCount + 1];
    else if (value > 0) [above, aboveCount] = [above + value * value, aboveCount + 1];
  }
  const left = Math.sqrt(below / Math.max(1, belowCount)) + 1e-9;
  const right = Math.sqrt(above / Math.max(1, aboveCount)) + 1e-9;
  const g = left / right;
  const n = values.length;
  const ratio = (absolute / n) ** 2 / ((below + above) / n + 1e-12);
  const shape = shapeOf((ratio * (g ** 3 + 1) * (g + 1)) / (g * g + 1) ** 2);
  const spread = Math.sqrt(gamma(1 / shape) / gamma(3 / shape));
  return { shape, left: left * spread, right: right * spread };
}

/** Neighbours whose products are looked at: right, below, and both diagonals. */
const NEIGHBOURS = [
  [0, 1],
  [1, 0],
  [1, 1],
  [1, -1],
] as const;

/** 18 features of a square patch of normalised values. Neighbours wrap around, as in the authors' code. */
function patchFeatures(patch: Float32Array, edge: number): number[] {
  const own = fitAsymmetric(patch);
  const features = [own.shape, (own.left + own.right) / 2];
  for (const [dy, dx] of NEIGHBOURS) {
    const product = patch.map((value, i) => {
      const [x, y] = [i % edge, Math.floor(i / edge)];
      return value * patch[((y - dy + edge) % edge) * edge + ((x - dx + edge) % edge)];
    });
    const { shape, left, right } = fitAsymmetric(product);
    features.push(shape, ((right - left) * gamma(2 / shape)) / gamma(1 / shape), left, right);
  }
  return features;
}

/** 36 features of each patch, from two scales, and the patch's sharpness. */
function featuresOf(picture: Picture): { features: number[]; sharpness: number }[] {
  const [columns, rows] = [picture.width, picture.height].map((length) => Math.floor(length / PATCH));
  if (columns * rows === 0)
    throw new RangeError(`Expected at least ${PATCH} px but received ${picture.width}×${picture.height}.`);
  const whole = luma(picture);
  const [width, height] = [columns * PATCH, rows * PATCH];
  const plane: Plane = { width, height, data: cutPlane(whole, { x: 0, y: 0, width, height }) };
  const [full, half] = [plane, resizePlane(plane, width / 2, height / 2)].map(normalise);
  return Array.from({ length: columns * rows }, (_, i) => {
    const [x, y] = [i % columns, Math.floor(i / columns)];
    const square = (edge: number): Rect => ({ x: x * edge, y: y * edge, width: edge, height: edge });
    const sharpness = cutPlane(full.deviation, square(PATCH)).reduce((sum, v) => sum + v, 0);
    const fine = patchFeatures(cutPlane(full.value, square(PATCH)), PATCH);
    const coarse = patchFeatures(cutPlane(half.value, square(PATCH / 2)), PATCH / 2);
    return { features: [...fine, ...coarse], sharpness };
  });
}

function normalDistribution(samples: readonly (readonly number[])[]): NiqeModel {
  const size = samples[0].length;
  const mean = Array.from(
    { length: size },
    (_, i) => samples.reduce((sum, s) => sum + s[i], 0) / samples.length,
  );
  const covariance = Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    const sum = samples.reduce((total, s) => total + (s[i] - mean[i]) * (s[j] - mean[j]), 0);
    return sum / Math.max(1, samples.length - 1);
  });
  return { mean, covariance };
}

/** The model of a set of good photographs, from their sharp patches, one photograph in memory at a time. */
export async function fitNiqe(photographs: AsyncIterable<Picture> | Iterable<Picture>): Promise<NiqeModel> {
  const samples: number[][] = [];
  for await (const photograph of photographs) {
    const patches = featuresOf(photograph);
    const sharpest = Math.max(...patches.map(({ sharpness }) => sharpness));
    for (const { features, sharpness } of patches) if (sharpness > SHARP * sharpest) samples.push(features);
  }
  if (samples.length < MINIMUM)
    throw new RangeError(`Expected ${MINIMUM} sharp patches but received ${samples.length}.`);
  return normalDistribution(samples);
}

/** NIQE of a picture of at least 96×96 pixels; alpha is ignored. */
export function niqe(picture: Picture, model: NiqeModel): number {
  const own = normalDistribution(featuresOf(picture).map(({ features }) => features));
  const difference = own.mean.map((value, i) => value - model.mean[i]);
  const covariance = own.covariance.map((value, i) => (value + model.covariance[i]) / 2);
  const solved = solve(covariance, difference);
  return Math.sqrt(
    Math.max(
      0,
      difference.reduce((sum, d, i) => sum + d * solved[i], 0),
    ),
  );
}

/** x of A·x = b by Gaussian elimination with pivoting; A row by row. */
function solve(a: readonly number[], b: readonly number[]): number[] {
  const n = b.length;
  const rows = b.map((value, i) => [...a.slice(i * n, (i + 1) * n), value]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column + 1; i < n; i++)
      if (Math.abs(rows[i][column]) > Math.abs(rows[pivot][column])) pivot = i;
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    for (let i = column + 1; i < n; i++) {
      const factor = rows[i][column] / rows[column][column];
      for (let j = column; j <= n; j++) rows[i][j] -= factor * rows[column][j];
    }
  }
  const x = new Array<number>(n);
  for (let i = n - 1; i >= 0; i--) {
    const rest = rows[i].slice(i + 1, n).reduce((sum, value, k) => sum + value * x[i + 1 + k], 0);
    x[i] = (rows[i][n] - rest) / rows[i][i];
  }
  return x;
}
