/**
 * Fills a hole with what surrounds it. Coarse-to-fine patch-based completion: nearest patches that are not in use too
 * often, by PatchMatch (Barnes et al. 2009), colours by voting (Wexler, Shechtman, Irani 2007). The result is a map, not
 * a picture, so that it can be read at any resolution of the same picture.
 */
import type { Plane } from '../image/picture.ts';
import { seededRandom } from '../image/random.ts';
import { resizePlane } from '../image/resize.ts';
import { featureTransform } from './feature-transform.ts';
import type { FillMap } from './fill-map.ts';
import { createPatchUsage, type PatchUsage } from './patch-usage.ts';

/** Patches are 7×7. */
const RADIUS = 3;
const COARSEST = 24;
const ITERATIONS = 5;
/**
 * Where a background changes with its height alone (sky above hills), the error of a patch from this share of the
 * height above or below counts twice, from twice as far five times; less where rows are more alike. By eye, on the backgrounds of 14
 * references, from 0.05 to 0.2.
 */
const RISE = 0.1;
/** Fewer intact patches than this cannot paint anything. */
const FEWEST_SOURCES = 40;

/**
 * @param planes the picture's channels, in one size and range (small pictures: the cost is about 1 s a megapixel)
 * @param hole 1 where the picture is to be replaced
 * @returns null when too little of the picture is left to paint from
 */
export function inpaint(planes: readonly Plane[], hole: Plane): FillMap | null {
  const { width, height } = hole;
  let previous: Level | null = null;
  for (let halvings = countHalvings(width, height); halvings >= 0; halvings--) {
    const level = createLevel(
      planes,
      hole,
      Math.ceil(width / 2 ** halvings),
      Math.ceil(height / 2 ** halvings),
    );
    if (level.sources.length < FEWEST_SOURCES) {
      if (halvings === 0) return null;
      continue;
    }
    if (previous) inherit(level, previous);
    else initialise(level);
    for (let i = 0; i < ITERATIONS; i++) {
      improve(level, i % 2 === 0);
      voteColours(level);
    }
    previous = level;
  }
  return previous && { width, height, source: previous.match };
}

const countHalvings = (width: number, height: number) =>
  Math.max(0, Math.floor(Math.log2(Math.min(width, height) / COARSEST)));

interface Level {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Interleaved; inside the hole the present estimate. */
  readonly colours: Float32Array;
  readonly original: Float32Array;
  readonly hole: Uint8Array;
  /** Indices of the pixels to fill, in reading order. */
  readonly open: Int32Array;
  /** Centres of patches without a hole. */
  readonly sources: Int32Array;
  readonly isSource: Uint8Array;
  readonly match: Int32Array;
  readonly usage: PatchUsage;
  /** 0 where rows are alike, 1 where each is of one colour. */
  readonly layering: number;
  readonly random: () => number;
}

function createLevel(planes: readonly Plane[], hole: Plane, width: number, height: number): Level {
  const channels = planes.length;
  const original = new Float32Array(width * height * channels);
  planes.forEach((plane, c) => {
    const { data } = resizePlane(plane, width, height);
    for (let i = 0; i < data.length; i++) original[i * channels + c] = data[i];
  });
  const holeHere = Uint8Array.from(resizePlane(hole, width, height).data, (v) => (v > 0.05 ? 1 : 0));
  const isSource = intactPatches(holeHere, width, height);
  const open = indices(holeHere);
  return {
    width,
    height,
    channels,
    colours: original.slice(),
    original,
    hole: holeHere,
    open,
    sources: indices(isSource),
    isSource,
    match: Int32Array.from(holeHere.keys()),
    usage: createPatchUsage(width, isSource, open.length),
    layering: varianceBetweenRows(original, holeHere, width, channels),
    random: seededRandom(width * 7919 + height),
  };
}

/** The share of the variance of the known pixels that lies between the means of their rows: 0…1. */
function varianceBetweenRows(
  colours: Float32Array,
  hole: Uint8Array,
  width: number,
  channels: number,
): number {
  let [between, total] = [0, 0];
  for (let c = 0; c < channels; c++) {
    const rows = new Float64Array(hole.length / width);
    const counts = new Float64Array(rows.length);
    let [count, sum, squares] = [0, 0, 0];
    hole.forEach((isHole, i) => {
      if (isHole) return;
      const value = colours[i * channels + c];
      rows[(i / width) | 0] += value;
      counts[(i / width) | 0]++;
      count++;
      sum += value;
      squares += value * value;
    });
    const mean = sum / Math.max(1, count);
    rows.forEach((row, y) => {
      if (counts[y] > 0) between += counts[y] * (row / counts[y] - mean) ** 2;
    });
    total += squares - sum * mean;
  }
  return total > 0 ? Math.min(1, between / total) : 0;
}

const indices = (flags: Uint8Array) => Int32Array.from(flags.keys()).filter((i) => flags[i] > 0);

/** 1 at the centres of patches that lie inside the picture and touch no hole. */
function intactPatches(hole: Uint8Array, width: number, height: number): Uint8Array {
  const intact = new Uint8Array(hole.length);
  for (let y = RADIUS; y < height - RADIUS; y++) {
    for (let x = RADIUS; x < width - RADIUS; x++) {
      let isIntact = 1;
      for (let dy = -RADIUS; dy <= RADIUS && isIntact; dy++) {
        for (let dx = -RADIUS; dx <= RADIUS; dx++) {
          if (hole[(y + dy) * width + x + dx]) {
            isIntact = 0;
            break;
          }
        }
      }
      intact[y * width + x] = isIntact;
    }
  }
  return intact;
}

/** First guess: the nearest intact patch, and the colours of the known pixels to both sides, or of the nearest. */
function initialise(level: Level): void {
  const { width, height, channels, colours, original, hole, isSource, open, match, sources, random } = level;
  const known = featureTransform(width, height, (i) => hole[i] === 0).nearest;
  const patch = featureTransform(width, height, (i) => isSource[i] > 0).nearest;
  for (const i of open) {
    match[i] = random() < 0.5 ? patch[i] : sources[Math.floor(random() * sources.length)];
    const [left, right] = besideHole(level, i);
    const share = left === right ? 0 : (i - left) / (right - left);
    const [from, to] = left < 0 ? [known[i], known[i]] : [left, right];
    for (let c = 0; c < channels; c++) {
      const [a, b] = [original[from * channels + c], original[to * channels + c]];
      colours[i * channels + c] = a + share * (b - a);
    }
  }
}

/** The nearest known pixels to the left and right in the row of `i`: one twice where the other lacks, -1 where both do. */
function besideHole({ width, hole }: Level, i: number): [number, number] {
  const start = i - (i % width);
  let left = i;
  while (left >= start && hole[left]) left--;
  let right = i;
  while (right < start + width && hole[right]) right++;
  const hasLeft = left >= start;
  const hasRight = right < start + width;
  if (!hasLeft && !hasRight) return [-1, -1];
  return [hasLeft ? left : right, hasRight ? right : left];
}

/** First guess from the level before: the same offsets, twice as long. */
function inherit(level: Level, coarse: Level): void {
  const { width, height, open, match, isSource, sources, random } = level;
  for (const i of open) {
    const x = i % width;
    const y = (i / width) | 0;
    const from = Math.min(coarse.height - 1, y >> 1) * coarse.width + Math.min(coarse.width - 1, x >> 1);
    const u = 2 * (coarse.match[from] % coarse.width) + (x & 1);
    const v = 2 * ((coarse.match[from] / coarse.width) | 0) + (y & 1);
    const candidate = Math.min(height - 1, v) * width + Math.min(width - 1, u);
    match[i] = isSource[candidate] ? candidate : sources[Math.floor(random() * sources.length)];
  }
  voteColours(level);
}

/** One PatchMatch pass: offsets of the neighbours, then random positions ever nearer. */
function improve(level: Level, forwards: boolean): void {
  const { width, height, open, match, isSource, usage, layering, random } = level;
  const step = forwards ? 1 : -1;
  usage.reset(open.map((i) => match[i]));
  for (let n = 0; n < open.length; n++) {
    const i = open[forwards ? n : open.length - 1 - n];
    const row = (i / width) | 0;
    const penaltyOf = (candidate: number) => {
      const rise = (((candidate / width) | 0) - row) / (RISE * height);
      return usage.penalty(candidate) * (1 + (layering * rise) ** 2);
    };
    let best = patchDistance(level, i, match[i], Number.POSITIVE_INFINITY) * penaltyOf(match[i]);
    const consider = (candidate: number) => {
      if (candidate < 0 || candidate >= isSource.length || !isSource[candidate]) return;
      const penalty = penaltyOf(candidate);
      const distance = penalty * patchDistance(level, i, candidate, best / penalty);
      if (distance < best) {
        best = distance;
        usage.move(match[i], candidate);
        match[i] = candidate;
      }
    };
    if (level.hole[i - step]) consider(match[i - step] + step);
    if (level.hole[i - step * width]) consider(match[i - step * width] + step * width);
    for (let reach = Math.max(width, height); reach >= 1; reach /= 2) {
      const u = Math.round((match[i] % width) + (2 * random() - 1) * reach);
      const v = Math.round(((match[i] / width) | 0) + (2 * random() - 1) * reach);
      if (u >= 0 && u < width && v >= 0 && v < height) consider(v * width + u);
    }
  }
}

/** Sum of squared differences of two patches; stops above `limit`. Pixels past the border do not count. */
function patchDistance(level: Level, target: number, source: number, limit: number): number {
  const { width, height, channels, colours } = level;
  const x = target % width;
  const y = (target / width) | 0;
  const left = Math.max(-RADIUS, -x);
  const right = Math.min(RADIUS, width - 1 - x);
  const bottom = Math.min(RADIUS, height - 1 - y);
  let sum = 0;
  for (let dy = Math.max(-RADIUS, -y); dy <= bottom && sum < limit; dy++) {
    let a = (target + dy * width + left) * channels;
    let b = (source + dy * width + left) * channels;
    for (const end = a + (right - left + 1) * channels; a < end; a++, b++) {
      const d = colours[a] - colours[b];
      sum += d * d;
    }
  }
  return sum;
}

/** Each open pixel becomes the mean of what the patches over it show there. */
function voteColours(level: Level): void {
  const { width, height, channels, colours, original, open, hole, match } = level;
  const sums = new Float64Array(channels);
  for (const i of open) {
    const x = i % width;
    const y = (i / width) | 0;
    let count = 0;
    sums.fill(0);
    for (let dy = -RADIUS; dy <= RADIUS; dy++) {
      for (let dx = -RADIUS; dx <= RADIUS; dx++) {
        if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
        const neighbour = i + dy * width + dx;
        if (!hole[neighbour]) continue;
        const from = (match[neighbour] - dy * width - dx) * channels;
        for (let c = 0; c < channels; c++) sums[c] += original[from + c];
        count++;
      }
    }
    for (let c = 0; c < channels; c++) colours[i * channels + c] = sums[c] / count;
  }
}
