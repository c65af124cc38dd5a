/** Draws the batches of adaptation from a reference and its samples. */
import { cropPicture } from '../image/crop.ts';
import type { Picture, Rect } from '../image/picture.ts';
import { seededNormal, seededRandom } from '../image/random.ts';
import { resizePicture } from '../image/resize.ts';
import type { Distribution } from '../style-file/index.ts';
import { SCALE } from '../upscale/generator.ts';
import { noisePlanes } from '../upscale/noise.ts';
import { planesFromPicture } from '../upscale/planes.ts';
import { withMargin } from '../upscale/tiles.ts';
import type { Sample } from './sample.ts';
import { type BatchShape, DIRECTIONS } from './step.ts';
import { PATCH } from './texture-losses.ts';
import { isLearnt, type Windows } from './windows.ts';

/** What batches are drawn from. */
export interface Source {
  readonly reference: Picture;
  readonly windows: Windows;
  readonly distribution: Distribution;
  readonly samples: readonly Sample[];
}

export interface Batch {
  /** [n, 3 + noise, edge, edge] */
  readonly low: Float32Array;
  /** [n, 3, 4·edge, 4·edge] */
  readonly real: Float32Array;
  /** [32, 3, 7, 7] each */
  readonly directions: Float32Array;
  readonly halfDirections: Float32Array;
}

interface Pair {
  readonly low: Picture;
  readonly high: Picture;
}

/** Pixels around a crop that shrinking it looks at. */
const MARGIN = 16;
const TRIES = 200;

/** Equal seeds draw equal batches. */
export function drawBatch(source: Source, shape: BatchShape, noise: number, seed: number): Batch {
  const random = seededRandom(seed);
  const normal = seededNormal(seed ^ 0x5bd1e995);
  const { paired, matched, edge } = shape;
  const pairs = Array.from({ length: paired + matched }, (_, i) => {
    const match = i < paired ? undefined : drawMatched(source, edge, random);
    const pair = match ?? drawPair(source, edge, i, random);
    return random() < 0.5 && source.distribution.mirrored ? mirrored(pair) : pair;
  });
  const grain = { x: 0, y: 0, width: edge, height: edge };
  return {
    low: joined(
      pairs.flatMap(({ low }) => [
        planesFromPicture(low),
        ...(noise ? [noisePlanes(grain, noise, Math.floor(random() * 2 ** 24))] : []),
      ]),
    ),
    real: joined(pairs.map(({ high }) => planesFromPicture(high))),
    directions: drawDirections(normal),
    halfDirections: drawDirections(normal),
  };
}

/** Of every three pairs one is repainted, where there are samples: its small copy has the faults of a real render. */
function drawPair(source: Source, edge: number, index: number, random: () => number): Pair {
  const repainted = source.samples.filter((sample) => sample.repainted);
  if (index % 3 === 2 && repainted.length > 0) {
    const sample = repainted[Math.floor(random() * repainted.length)];
    const rect = drawRect(sample.picture, edge * SCALE, random, (r) =>
      isSampleLearnt(sample, r, source.windows),
    );
    if (rect) return { high: cropPicture(sample.picture, rect), low: shrink(sample.repainted!, rect) };
  }
  const { reference, windows, distribution } = source;
  const rect = drawRect(reference, edge * SCALE, random, (r) => isLearnt(r, windows))!;
  const high = cropPicture(reference, rect);
  const low = shrink(reference, rect);
  const change = index % 3 === 1 ? (2 * random() - 1) * distribution.exposure * 2.55 : 0;
  return { high: exposed(high, change), low: exposed(low, change) };
}

/**
 * A part of a repainted sample at its own size, as a full render gives it to the network, and four times as much of the
 * reference, around the place that it shows. Undefined where nothing was repainted: then another pair is all there is.
 */
function drawMatched(
  { reference, windows, samples }: Source,
  edge: number,
  random: () => number,
): Pair | undefined {
  const repainted = samples.filter((sample) => sample.repainted);
  if (repainted.length === 0) return undefined;
  const sample = repainted[Math.floor(random() * repainted.length)];
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const rect = drawRect(sample.repainted!, edge, random, (r) => isSampleLearnt(sample, r, windows));
    if (!rect) return undefined;
    const reach = edge * Math.min(1.5, 0.5 + attempt / 20);
    const around = drawAround(placeOf(sample, rect), reference, edge * SCALE, reach, random);
    if (isLearnt(around, windows))
      return { high: cropPicture(reference, around), low: cropPicture(sample.repainted!, rect) };
  }
  return undefined;
}

/** Where in the reference the middle of a part of a sample comes from, px. */
function placeOf(
  { source }: Sample,
  { x, y, width, height }: Rect,
): { readonly u: number; readonly v: number } {
  const middle = (y + (height >> 1)) * source.x.width + x + (width >> 1);
  return { u: source.x.data[middle], v: source.y.data[middle] };
}

/** A square inside the picture whose middle is at most `reach` px from a place along either axis, but for the border. */
function drawAround(
  { u, v }: { readonly u: number; readonly v: number },
  { width, height }: Picture,
  edge: number,
  reach: number,
  random: () => number,
): Rect {
  const start = (middle: number, length: number) => {
    const wanted = Math.round(middle - edge / 2 + (2 * random() - 1) * reach);
    return Math.max(0, Math.min(length - edge, wanted));
  };
  return { x: start(u, width), y: start(v, height), width: edge, height: edge };
}

/** A square inside the picture that is free; undefined when none is found. */
function drawRect(
  { width, height }: Picture,
  edge: number,
  random: () => number,
  isFree: (rect: Rect) => boolean,
): Rect | undefined {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const rect = {
      x: Math.floor(random() * (width - edge + 1)),
      y: Math.floor(random() * (height - edge + 1)),
      width: edge,
      height: edge,
    };
    if (isFree(rect)) return rect;
  }
  return undefined;
}

/** Whether what a sample shows in a rectangle comes from parts of the reference that are learnt from. */
function isSampleLearnt({ source }: Sample, { x, y, width, height }: Rect, windows: Windows): boolean {
  const corners = [y, y + height - 1].flatMap((v) => [x, x + width - 1].map((u) => v * source.x.width + u));
  const [us, vs] = [corners.map((i) => source.x.data[i]), corners.map((i) => source.y.data[i])];
  const [left, top] = [Math.min(...us), Math.min(...vs)];
  return isLearnt({ x: left, y: top, width: Math.max(...us) - left, height: Math.max(...vs) - top }, windows);
}

/** A part of a picture shrunk by 4 as the whole picture would be. */
function shrink(picture: Picture, rect: Rect): Picture {
  const seen = withMargin(rect, MARGIN, picture.width, picture.height);
  const left = seen.x + ((rect.x - seen.x) % SCALE);
  const top = seen.y + ((rect.y - seen.y) % SCALE);
  const width = Math.floor((seen.x + seen.width - left) / SCALE) * SCALE;
  const height = Math.floor((seen.y + seen.height - top) / SCALE) * SCALE;
  const small = resizePicture(
    cropPicture(picture, { x: left, y: top, width, height }),
    width / SCALE,
    height / SCALE,
  );
  return cropPicture(small, {
    x: (rect.x - left) / SCALE,
    y: (rect.y - top) / SCALE,
    width: rect.width / SCALE,
    height: rect.height / SCALE,
  });
}

/** @param change added to each colour, 0..255 */
function exposed(picture: Picture, change: number): Picture {
  if (change === 0) return picture;
  return { ...picture, data: picture.data.map((value, i) => (i % 4 === 3 ? value : value + change)) };
}

const mirrored = ({ low, high }: Pair): Pair => ({ low: mirror(low), high: mirror(high) });

function mirror({ width, height, data }: Picture): Picture {
  const out = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      out.set(data.subarray(from, from + 4), (y * width + width - 1 - x) * 4);
    }
  return { width, height, data: out };
}

/** [32, 3, 7, 7] of length 1, each channel of mean 0. */
function drawDirections(normal: () => number): Float32Array {
  const area = PATCH * PATCH;
  const all = Float32Array.from({ length: DIRECTIONS * 3 * area }, normal);
  for (let start = 0; start < all.length; start += area) centre(all.subarray(start, start + area));
  for (let start = 0; start < all.length; start += 3 * area) {
    const direction = all.subarray(start, start + 3 * area);
    const length = Math.hypot(...direction);
    for (let i = 0; i < direction.length; i++) direction[i] /= length;
  }
  return all;
}

function centre(values: Float32Array): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  for (let i = 0; i < values.length; i++) values[i] -= mean;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
