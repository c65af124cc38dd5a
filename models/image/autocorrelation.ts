/** How alike a plane is to itself moved: sums of products at every shift, by fast Fourier transforms (Wiener–Khinchin). */
import { fourierTransform } from './fourier.ts';
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
  transform(real, imaginary, height);
  for (let i = 0; i < real.length; i++) {
    real[i] = real[i] ** 2 + imaginary[i] ** 2;
    imaginary[i] = 0;
  }
  // A power spectrum is even, so that its forward transform is its inverse but for the scale.
  transform(real, imaginary);
  return real.map((value) => value / (SIZE * SIZE));
}

const transformLine = fourierTransform(SIZE);

/** In place: rows, then columns. The rows from `height` on are empty. */
function transform(real: Float64Array, imaginary: Float64Array, height = SIZE): void {
  for (let row = 0; row < height; row++) transformLine(real, imaginary, row * SIZE, 1);
  for (let column = 0; column < SIZE; column++) transformLine(real, imaginary, column, SIZE);
}
