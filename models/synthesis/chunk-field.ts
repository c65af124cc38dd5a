/**
 * A nearest-neighbour field made of coherent chunks, in the way of StyleBlit (Sýkora et al. 2019): seeds on jittered
 * grids, coarse to fine; each seed finds its best match in the source, and the pixels around it take the same offset
 * as long as the guides agree. What no chunk explains joins the neighbour whose offset suits it best.
 * It does not look at colours: the guides decide alone, so the field can be computed before the style is read.
 */
import type { Correspondence } from './guides.ts';
import { createMatcher, hash01, type Matcher, type Offset, type SearchOptions } from './matcher.ts';

export interface ChunkFieldOptions extends SearchOptions {
  /** Distance between the seeds of each pass (px), coarse to fine. */
  readonly levels: readonly number[];
  /** Matching error up to which a pixel joins a chunk. */
  readonly threshold: number;
  /** Where the field is wanted: pixels with a value above 0. */
  readonly region: Uint8Array;
}

/** For each target pixel the index of its source pixel; -1 outside the region. */
export interface NearestNeighborField {
  readonly width: number;
  readonly height: number;
  readonly source: Int32Array;
}

/** @param matcher of the correspondence; by default it is made for the options */
export function chunkField(
  correspondence: Correspondence,
  options: ChunkFieldOptions,
  matcher: Matcher = createMatcher(correspondence, options),
): NearestNeighborField {
  const { width, height } = matcher;
  const source = new Int32Array(width * height).fill(-1);
  for (const spacing of options.levels) placeChunks(source, matcher, spacing, options);
  fillRest(source, matcher, options.region);
  return { width, height, source };
}

/** One pass: every open pixel tries the offset of the nearest seed of a jittered grid. */
function placeChunks(
  field: Int32Array,
  matcher: Matcher,
  spacing: number,
  { threshold, region }: ChunkFieldOptions,
): void {
  const { width, height, sourceWidth, sourceHeight } = matcher;
  const columns = Math.ceil(width / spacing) + 2;
  const rows = Math.ceil(height / spacing) + 2;
  const seeds = jitteredGrid(columns, rows, spacing, width, height);
  const matches = new Int32Array(columns * rows).fill(-1);
  /** For each seed its offset: source position less target position. */
  const offsets = new Int32Array(columns * rows * 2);
  const cells = Int32Array.from({ length: width }, (_, x) => Math.floor(x / spacing + 0.5));
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / spacing + 0.5) * columns;
    for (let x = 0; x < width; x++, i++) {
      if (field[i] >= 0 || region[i] === 0) continue;
      const seed = nearestSeed(seeds, row + cells[x], columns, x, y);
      if (matches[seed] < 0) {
        const [sx, sy] = [seeds[seed * 2], seeds[seed * 2 + 1]];
        const match = matcher.search(sx, sy, spacing, neighbouringOffsets(offsets, matches, seed, columns));
        matches[seed] = match;
        offsets[seed * 2] = (match % sourceWidth) - sx;
        offsets[seed * 2 + 1] = ((match / sourceWidth) | 0) - sy;
      }
      const u = x + offsets[seed * 2];
      const v = y + offsets[seed * 2 + 1];
      if (u < 0 || u >= sourceWidth || v < 0 || v >= sourceHeight) continue;
      if (matcher.error(x, y, u, v) < threshold) field[i] = v * sourceWidth + u;
    }
  }
}

/** The offsets of the seeds around a seed that are already matched. */
function neighbouringOffsets(
  offsets: Int32Array,
  matches: Int32Array,
  seed: number,
  columns: number,
): Offset[] {
  const around: Offset[] = [];
  for (const step of [-1, 1, -columns, columns, -columns - 1, -columns + 1]) {
    const neighbour = seed + step;
    if ((matches[neighbour] ?? -1) >= 0) around.push([offsets[neighbour * 2], offsets[neighbour * 2 + 1]]);
  }
  return around;
}

/** Seed positions (x, y pairs, inside the picture), one a cell; the outer cells surround the picture. */
function jitteredGrid(
  columns: number,
  rows: number,
  spacing: number,
  width: number,
  height: number,
): Int32Array {
  const seeds = new Int32Array(columns * rows * 2);
  for (let row = 0, k = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, k += 2) {
      const x = Math.floor((column - 1 + jitter(column, row, spacing)) * spacing);
      const y = Math.floor((row - 1 + jitter(row, column, spacing + 7919)) * spacing);
      seeds[k] = Math.min(width - 1, Math.max(0, x));
      seeds[k + 1] = Math.min(height - 1, Math.max(0, y));
    }
  }
  return seeds;
}

/** Place of a seed in its cell, 0..1; kept from the borders, so that the nearest seed is in one of four cells. */
const jitter = (a: number, b: number, c: number) => 0.15 + 0.7 * hash01(a, b, c);

/** Of the four seeds in the cells around a corner of the grid (`first` is the upper left), the nearest to (x, y). */
function nearestSeed(seeds: Int32Array, first: number, columns: number, x: number, y: number): number {
  let best = Number.POSITIVE_INFINITY;
  let seed = first;
  for (let n = 0; n < 4; n++) {
    const k = first + (n & 1) + (n >> 1) * columns;
    const dx = seeds[k * 2] - x;
    const dy = seeds[k * 2 + 1] - y;
    const d = dx * dx + dy * dy;
    if (d < best) {
      best = d;
      seed = k;
    }
  }
  return seed;
}

/** Pixels that no chunk took: the best of the neighbours' offsets and an own search, in two opposite scans. */
function fillRest(field: Int32Array, matcher: Matcher, region: Uint8Array): void {
  const { width, height } = matcher;
  const open: number[] = [];
  for (let i = 0; i < field.length; i++) if (region[i] > 0 && field[i] < 0) open.push(i);
  const errors = new Float32Array(open.length).fill(Number.POSITIVE_INFINITY);
  for (const direction of [1, -1]) {
    for (let n = 0; n < open.length; n++) {
      const k = direction > 0 ? n : open.length - 1 - n;
      const i = open[k];
      const x = i % width;
      const y = (i / width) | 0;
      for (let side = 0; side < 4; side++) {
        const dx = side === 0 ? -1 : side === 1 ? 1 : 0;
        const dy = side === 2 ? -1 : side === 3 ? 1 : 0;
        if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
        const neighbour = field[i + dy * width + dx];
        if (neighbour >= 0) tryOffset(field, matcher, errors, k, i, neighbour, dx, dy);
      }
      if (errors[k] === Number.POSITIVE_INFINITY) field[i] = matcher.search(x, y, 1, []);
    }
  }
}

/** Takes the neighbour's offset for pixel `i` when that lowers its error. */
function tryOffset(
  field: Int32Array,
  matcher: Matcher,
  errors: Float32Array,
  k: number,
  i: number,
  neighbour: number,
  dx: number,
  dy: number,
): void {
  const { width, sourceWidth, sourceHeight } = matcher;
  const u = (neighbour % sourceWidth) - dx;
  const v = ((neighbour / sourceWidth) | 0) - dy;
  if (u < 0 || u >= sourceWidth || v < 0 || v >= sourceHeight) return;
  const e = matcher.error(i % width, (i / width) | 0, u, v);
  if (e < errors[k]) {
    errors[k] = e;
    field[i] = v * sourceWidth + u;
  }
}
