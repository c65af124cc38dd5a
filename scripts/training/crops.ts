/**
 * Training crops, prepared once and packed into two files so that a step costs no decoding: `high.u8` and `low.u8`,
 * 8-bit RGB planes [crops, 3, size, size]. Low crops are cut from the picture shrunk as a whole.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Picture } from '../../models/image/picture.ts';
import { resizePicture } from '../../models/image/resize.ts';
import { SCALE } from '../../models/upscale/generator.ts';
import { readPicture } from './pictures.ts';
import { uniformNumbers } from './random.ts';

export interface Crops {
  readonly count: number;
  /** Edge of a low crop in pixels; high crops are `SCALE` times larger. */
  readonly size: number;
  readonly low: Uint8Array;
  readonly high: Uint8Array;
  /** Where `low.u8` and `high.u8` hold the same. */
  readonly folder: string;
}

/** What crops are made of. */
export interface CropOptions {
  /** Edge of a low crop in pixels. */
  readonly size: number;
  /** Crops from which bicubic interpolation misses less than this on average (8-bit steps) are left out. */
  readonly detail: number;
  /** Least and best JPEG quality at which every low crop comes a second time; undefined for clean ones alone. */
  readonly jpeg?: readonly [number, number];
}

/** Large photographs are soft at full size: they are cut at a half and less, small ones as they are and at 0.6. */
function cutSizes({ width, height }: Picture): number[] {
  const longer = Math.max(width, height);
  return longer > 1600 ? [0.5, 0.33, 0.2] : longer > 1000 ? [0.7, 0.45, 0.3] : [1, 0.6];
}

/** Reads the cache made for the same files and options, or makes it. */
export async function loadCrops(
  files: readonly string[],
  { size, detail, jpeg }: CropOptions,
  cache: string,
): Promise<Crops> {
  const key = createHash('sha256')
    .update(JSON.stringify([files, size, detail, jpeg, 3]))
    .digest('hex')
    .slice(0, 12);
  const folder = join(cache, `crops-${key}`);
  if (!existsSync(folder)) await packCrops(files, { size, detail, jpeg }, folder);
  const [low, high] = ['low.u8', 'high.u8'].map((name) => new Uint8Array(readFileSync(join(folder, name))));
  return { count: low.length / (3 * size * size), size, low, high, folder };
}

async function packCrops(files: readonly string[], options: CropOptions, folder: string): Promise<void> {
  const [low, high]: [Uint8Array[], Uint8Array[]] = [[], []];
  const random = uniformNumbers(1);
  for (const [i, file] of files.entries()) {
    if (i % 50 === 0)
      process.stderr.write(`\rcutting crops: ${i + 1} of ${files.length} pictures, ${low.length} crops`);
    const picture = await readPicture(file);
    for (const factor of cutSizes(picture)) await cut(picture, factor, options, low, high, random);
  }
  process.stderr.write('\n');
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  writeFileSync(join(partial, 'low.u8'), Buffer.concat(low));
  writeFileSync(join(partial, 'high.u8'), Buffer.concat(high));
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
}

async function cut(
  picture: Picture,
  factor: number,
  { size, detail, jpeg }: CropOptions,
  low: Uint8Array[],
  high: Uint8Array[],
  random: () => number,
): Promise<void> {
  const [columns, rows] = [picture.width, picture.height].map((length) =>
    Math.floor((length * factor) / SCALE),
  );
  const sharp = resizePicture(picture, columns * SCALE, rows * SCALE);
  const shrunk = resizePicture(sharp, columns, rows);
  const seen = [shrunk];
  if (jpeg) seen.push(await compressed(shrunk, Math.round(jpeg[0] + (jpeg[1] - jpeg[0]) * random())));
  const guess = resizePicture(shrunk, columns * SCALE, rows * SCALE);
  const step = Math.ceil(size * 0.75);
  for (let y = 0; y + size <= rows; y += step) {
    for (let x = 0; x + size <= columns; x += step) {
      const crop = planes(sharp, x * SCALE, y * SCALE, size * SCALE);
      if (meanDifference(crop, planes(guess, x * SCALE, y * SCALE, size * SCALE)) < detail) continue;
      for (const version of seen) {
        high.push(crop);
        low.push(planes(version, x, y, size));
      }
    }
  }
}

async function compressed({ width, height, data: own }: Picture, quality: number): Promise<Picture> {
  const raw = { width, height, channels: 4 as const };
  const jpeg = await sharp(own, { raw }).jpeg({ quality }).toBuffer();
  const { data } = await sharp(jpeg).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width, height, data: new Uint8ClampedArray(data) };
}

/** RGB planes of a square of a picture. */
function planes({ width, data }: Picture, left: number, top: number, size: number): Uint8Array {
  const out = new Uint8Array(3 * size * size);
  for (let c = 0, i = 0; c < 3; c++) {
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++, i++) out[i] = data[((top + y) * width + left + x) * 4 + c];
    }
  }
  return out;
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
  return sum / a.length;
}

/**
 * Random crops, from each source equally often, each turned or mirrored in one of the eight ways, as floats 0..1: low
 * and high [batch, 3, size, size].
 */
export function drawBatch(
  sources: readonly Crops[],
  batch: number,
  seed: number,
): { low: Float32Array; high: Float32Array } {
  const random = uniformNumbers(seed);
  const { size } = sources[0];
  const edge = size * SCALE;
  const low = new Float32Array(batch * 3 * size ** 2);
  const high = new Float32Array(batch * 3 * edge ** 2);
  for (let i = 0; i < batch; i++) {
    const crops = sources[Math.floor(random() * sources.length)];
    const crop = Math.floor(random() * crops.count);
    const turn = Math.floor(random() * 8);
    copyTurned(crops.low, crop, low, i, size, turn);
    copyTurned(crops.high, crop, high, i, edge, turn);
  }
  return { low, high };
}

/** Bit 0 mirrors columns, bit 1 rows, bit 2 transposes. */
function copyTurned(
  from: Uint8Array,
  crop: number,
  to: Float32Array,
  slot: number,
  size: number,
  turn: number,
): void {
  const [strideX, strideY] = turn & 4 ? [size, 1] : [1, size];
  const area = size * size;
  for (let c = 0; c < 3; c++) {
    let out = (slot * 3 + c) * area;
    const base = (crop * 3 + c) * area;
    for (let y = 0; y < size; y++) {
      const row = base + (turn & 2 ? size - 1 - y : y) * strideY;
      for (let x = 0; x < size; x++) to[out++] = from[row + (turn & 1 ? size - 1 - x : x) * strideX] / 255;
    }
  }
}
