/** How alike a plane is to itself moved: sums of products at every shift, by fast Fourier transforms (Wiener–Khinchin). */
import type { Plane } from './picture.ts';

/** Edge of the transform; a plane's edge and the longest shift together must fit into it. */
export const SIZE = 512;

/**
 * The sum of value times moved value at each shift, SIZE×SIZE, shift (0, 0) first, negative shifts from the end: linear as long as the
 * plane's edge and the shift fit into SIZE.
 * @throws RangeError for a plane larger than that
 */
export function autocorrelation({ width, height, data }: Plane): Float64Array {
  if (Math.max(width, height) > SIZE)
    throw new RangeError(`Expected at most ${SIZE} px but received ${width}×${height}.`);
  const real = new Float64Array(SIZE * SIZE);
  const imaginary = new Float64Array(SIZE * SIZE);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) real[y * SIZE + x] = data[y * width + x];
  transform(real, imaginary);
  for (let i = 0; i < real.length; i++) {
    real[i] = real[i] ** 2 + imaginary[i] ** 2;
    imaginary[i] = 0;
  }
  // A power spectrum is even, so that its forward transform is its inverse but for the scale.
  transform(real, imaginary);
  return real.map((value) => value / (SIZE * SIZE));
}

/** In place: rows, then columns. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  for (let row = 0; row < SIZE; row++) transformLine(real, imaginary, row * SIZE, 1);
  for (let column = 0; column < SIZE; column++) transformLine(real, imaginary, column, SIZE);
}

const cosines = Float64Array.from({ length: SIZE / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / SIZE));
const sines = Float64Array.from({ length: SIZE / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / SIZE));

/** Cooley and Tukey 1965, radix 2. */
function transformLine(real: Float64Array, imaginary: Float64Array, start: number, step: number): void {
  for (let i = 1, j = 0; i < SIZE; i++) {
    let bit = SIZE >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    const [a, b] = [start + i * step, start + j * step];
    [real[a], real[b]] = [real[b], real[a]];
    [imaginary[a], imaginary[b]] = [imaginary[b], imaginary[a]];
  }
  for (let length = 2; length <= SIZE; length *= 2) {
    for (let first = 0; first < SIZE; first += length) {
      for (let k = 0; k < length / 2; k++) {
        const [c, s] = [cosines[(k * SIZE) / length], -sines[(k * SIZE) / length]];
        const a = start + (first + k) * step;
        const b = a + (length / 2) * step;
        const [re, im] = [real[b] * c - imaginary[b] * s, real[b] * s + imaginary[b] * c];
        real[b] = real[a] - re;
        imaginary[b] = imaginary[a] - im;
        real[a] += re;
        imaginary[a] += im;
      }
    }
  }
}
