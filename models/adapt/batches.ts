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
  /** Renders of portraits in the style, of which no truth is known. */
  readonly renders: readonly Picture[];
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
  const { paired, unpaired, edge } = shape;
  const pairs = Array.from({ length: paired + unpaired }, (_, i) => {
    const pair =
      i < paired ? drawPair(source, edge, i, random) : drawUnpaired(source, edge, i - paired, random);
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

/** A part of a picture as a render shows it to the network, at its own size; and any part of the reference. */
function drawUnpaired(source: Source, edge: number, index: number, random: () => number): Pair {
  const { reference, windows, samples, renders } = source;
  const high = cropPicture(
    reference,
    drawRect(reference, edge * SCALE, random, (r) => isLearnt(r, windows))!,
  );
  const repainted = samples.filter((sample) => sample.repainted);
  const painted = renders.length > 0 && index % 2 === 1 ? renders : repainted.map((s) => s.repainted!);
  if (painted.length === 0) return { high, low: cropOf(reference, (r) => isLearnt(r, windows)) };
  const at = Math.floor(random() * painted.length);
  const isAllowed = (rect: Rect) => painted === renders || isSampleLearnt(repainted[at], rect, windows);
  return { high, low: cropOf(painted[at], isAllowed) };

  function cropOf(picture: Picture, isFree: (rect: Rect) => boolean): Picture {
    const rect = drawRect(picture, edge, random, isFree) ?? drawRect(picture, edge, random, () => true)!;
    return cropPicture(picture, rect);
  }
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
