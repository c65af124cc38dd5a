/**
 * How much of each frequency and direction a picture holds: its power spectrum by Welch's method (1967) in CIELab / 100,
 * over 64×64 blocks that overlap by half under a Hann window. It is not averaged over directions, so that a grid, which
 * statistics of small patches hardly notice, stands out as a few points.
 */
import { labPlanes } from './colour.ts';
import { fourierTransform } from './fourier.ts';
import type { Picture, Plane } from './picture.ts';

export const BLOCK = 64;
const HALF = BLOCK / 2 + 1;
const STEP = BLOCK / 2;

const hann = Float32Array.from(
  { length: BLOCK },
  (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / BLOCK),
);
const transform = fourierTransform(BLOCK);
/** Power of rounding to 8 bits, under which differences mean nothing. */
const FLOOR = ((0.004 ** 2 / 12) * BLOCK ** 2 * 9) / 64;

/** Logarithm of the mean power over the blocks, [3, 64, 33]. @throws RangeError for a picture smaller than a block */
export function logPowerSpectrum(picture: Picture): Float32Array {
  const { l, a, b } = labPlanes(picture);
  const size = BLOCK * HALF;
  const out = new Float32Array(3 * size);
  for (const [c, plane] of [l, a, b].entries()) out.set(meanPower(plane), c * size);
  return out.map((power) => Math.log(power + FLOOR));
}

/** Mean absolute difference of two logarithmic spectra; 0 is alike. */
export function spectrumDistance(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += Math.abs(one[i] - other[i]);
  return sum / one.length;
}

function meanPower(plane: Plane): Float64Array {
  if (Math.min(plane.width, plane.height) < BLOCK)
    throw new RangeError(`Expected at least ${BLOCK} px but received ${plane.width}×${plane.height}.`);
  const total = new Float64Array(BLOCK * HALF);
  let blocks = 0;
  for (let y = 0; y + BLOCK <= plane.height; y += STEP)
    for (let x = 0; x + BLOCK <= plane.width; x += STEP, blocks++) addPower(windowed(plane, x, y), total);
  return total.map((power) => power / blocks);
}

/** A block less its mean, under the window. */
function windowed(plane: Plane, left: number, top: number): Float32Array {
  const block = new Float32Array(BLOCK * BLOCK);
  let mean = 0;
  for (let y = 0, i = 0; y < BLOCK; y++)
    for (let x = 0; x < BLOCK; x++, i++) {
      block[i] = plane.data[(top + y) * plane.width + left + x] / 100;
      mean += block[i] / block.length;
    }
  for (let y = 0, i = 0; y < BLOCK; y++)
    for (let x = 0; x < BLOCK; x++, i++) block[i] = (block[i] - mean) * hann[y] * hann[x];
  return block;
}

/** Adds the power of the discrete Fourier transform of a block: rows first, then columns. */
function addPower(block: Float32Array, total: Float64Array): void {
  const imaginary = new Float32Array(block.length);
  for (let y = 0; y < BLOCK; y++) transform(block, imaginary, y * BLOCK, 1);
  for (let u = 0; u < HALF; u++) {
    transform(block, imaginary, u, BLOCK);
    for (let v = 0, i = u; v < BLOCK; v++, i += BLOCK)
      total[v * HALF + u] += block[i] ** 2 + imaginary[i] ** 2;
  }
}
