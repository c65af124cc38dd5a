/**
 * How alike two pictures are made, both ways: the bidirectional similarity of Simakov et al. 2008, "Summarizing visual
 * data using bidirectional similarity", on 7×7 patches of CIELab less their mean. A patch of one picture is compared with
 * its nearest neighbour in the other: from a result to its reference that asks whether the result is made of the
 * reference's patches only (coherence), from the reference to the result whether all of them are found there
 * (completeness).
 *
 * Distances are mean squared differences over the 147 numbers of a patch, in squared units of Lab (L 0..100): 0 is alike;
 * what a flat patch is from another is the other's variance.
 */
import { labPlanes } from './colour.ts';
import type { Picture, Plane } from './picture.ts';
import { seededRandom } from './random.ts';

const EDGE = 7;
const SAMPLES = EDGE * EDGE;
const CHANNELS = 3;
/** Coefficients of a patch: all but the mean of each channel. */
const SIZE = (SAMPLES - 1) * CHANNELS;
/** Patches drawn from a picture; another draw moves a mean distance by some 3 %. */
const PATCHES = 6000;
/** How many of them look for their neighbours; more would cost time and steady the means little. */
const QUERIES = 900;

/**
 * Patches as [count, 144] coefficients of their discrete cosine transform, low frequencies first: it keeps distances as
 * they are, leaves the mean out, and tells patches apart in few numbers. In ascending order of their lengths.
 */
export interface PatchCloud {
  readonly coefficients: Float32Array;
  readonly lengths: Float32Array;
}

/**
 * @param mask of the picture's size: patches whose centre is over `threshold` here are drawn
 * @throws RangeError when there are none
 */
export function patchCloud(picture: Picture, mask: Plane, threshold: number): PatchCloud {
  const corners = drawCorners(mask, threshold);
  if (corners.length === 0)
    throw new RangeError('Expected a mask with room for a patch but received an empty one.');
  const { l, a, b } = labPlanes(picture);
  const patches = corners.map((corner) => transform([l, a, b], corner));
  const lengths = Float32Array.from(patches, (patch) => Math.sqrt(product(patch, patch)));
  const order = corners.map((_, i) => i).sort((i, j) => lengths[i] - lengths[j]);
  const coefficients = new Float32Array(patches.length * SIZE);
  order.forEach((from, i) => {
    coefficients.set(patches[from], i * SIZE);
  });
  return { coefficients, lengths: lengths.sort() };
}

/** Mean squared distance (Lab²) from 900 patches of one picture, short and long ones alike, to the nearest of another. */
export function meanNearestDistance(from: PatchCloud, to: PatchCloud): number {
  const queries = Math.min(QUERIES, from.lengths.length);
  let sum = 0;
  for (let i = 0; i < queries; i++) {
    const at = Math.floor(((i + 0.5) / queries) * from.lengths.length);
    sum += nearestDistance(from.coefficients.subarray(at * SIZE, (at + 1) * SIZE), from.lengths[at], to);
  }
  return sum / (queries * SAMPLES * CHANNELS);
}

/**
 * Exact. Two patches are at least as far apart as their lengths differ, so the search goes from the patch of equal length
 * both ways, until nothing nearer can follow.
 */
function nearestDistance(query: Float32Array, length: number, { coefficients, lengths }: PatchCloud): number {
  let above = firstOver(lengths, length);
  let below = above - 1;
  let least = Infinity;
  const gap = (i: number) => (i < 0 || i >= lengths.length ? Infinity : (lengths[i] - length) ** 2);
  for (;;) {
    const isAbove = gap(above) < gap(below);
    const next = isAbove ? above++ : below--;
    if (!(gap(next) < least)) return least;
    least = Math.min(least, partialDistance(query, coefficients, next * SIZE, least));
  }
}

/** Squared distance of two patches, or some part of it that is `enough` or more. Eight numbers a look: SIZE is 18 · 8. */
function partialDistance(
  query: Float32Array,
  coefficients: Float32Array,
  start: number,
  enough: number,
): number {
  let sum = 0;
  for (let k = 0, i = start; k < SIZE && sum < enough; k += 8, i += 8) {
    const d0 = query[k] - coefficients[i];
    const d1 = query[k + 1] - coefficients[i + 1];
    const d2 = query[k + 2] - coefficients[i + 2];
    const d3 = query[k + 3] - coefficients[i + 3];
    const d4 = query[k + 4] - coefficients[i + 4];
    const d5 = query[k + 5] - coefficients[i + 5];
    const d6 = query[k + 6] - coefficients[i + 6];
    const d7 = query[k + 7] - coefficients[i + 7];
    sum += d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3 + d4 * d4 + d5 * d5 + d6 * d6 + d7 * d7;
  }
  return sum;
}

/** The index of the first of ascending values that is over `limit`. */
function firstOver(values: Float32Array, limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Indices of the top left pixels of random patches, each once. */
function drawCorners({ width, height, data }: Plane, threshold: number): number[] {
  const corners: number[] = [];
  const middle = (EDGE >> 1) * (width + 1);
  for (let y = 0; y + EDGE <= height; y++) {
    for (let x = 0; x + EDGE <= width; x++) {
      const corner = y * width + x;
      if (data[corner + middle] > threshold) corners.push(corner);
    }
  }
  return shuffleFirst(corners, PATCHES);
}

/** The first `count` of a random order (Fisher and Yates). */
function shuffleFirst(values: number[], count: number): number[] {
  const random = seededRandom(1);
  const taken = Math.min(count, values.length);
  for (let i = 0; i < taken; i++) {
    const k = i + Math.floor(random() * (values.length - i));
    [values[i], values[k]] = [values[k], values[i]];
  }
  return values.slice(0, taken);
}

/** The coefficients of a patch, the three channels of each wave side by side. */
function transform(channels: readonly Plane[], corner: number): Float32Array {
  const out = new Float32Array(SIZE);
  const patch = new Float32Array(SAMPLES);
  channels.forEach((plane, channel) => {
    copyPatch(plane, corner, patch);
    for (let k = 0; k < BASIS.length; k++) out[k * CHANNELS + channel] = product(BASIS[k], patch);
  });
  return out;
}

function copyPatch({ data, width }: Plane, corner: number, patch: Float32Array): void {
  for (let y = 0, k = 0; y < EDGE; y++) {
    for (let x = 0; x < EDGE; x++) patch[k++] = data[corner + y * width + x];
  }
}

function product(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}

/** Columns and rows of a patch. */
const PATCH = Array.from({ length: SAMPLES }, (_, i) => [i % EDGE, Math.floor(i / EDGE)] as const);

/** The orthonormal waves of the 7×7 DCT-II without the constant one, by frequency. */
const BASIS: readonly Float32Array[] = PATCH.filter(([u, v]) => u + v > 0)
  .toSorted(([u, v], [s, t]) => u * u + v * v - s * s - t * t)
  .map(([u, v]) => Float32Array.from(PATCH, ([x, y]) => cosine(u, x) * cosine(v, y)));

function cosine(frequency: number, x: number): number {
  const scale = Math.sqrt((frequency === 0 ? 1 : 2) / EDGE);
  return scale * Math.cos((Math.PI * frequency * (x + 0.5)) / EDGE);
}
