/** One line of complex numbers, `stride` apart from `start` on, is replaced by its discrete Fourier transform. */
export type FourierTransform = (
  real: Float32Array | Float64Array,
  imaginary: Float32Array | Float64Array,
  start: number,
  stride: number,
) => void;

/**
 * The fast Fourier transform of lines of `size` numbers (Cooley and Tukey 1965, radix 2), without a scale. A line is copied
 * to where its numbers lie side by side: columns of a square whose edge is a power of two share few lines of a cache.
 * @param size a power of two
 */
export function fourierTransform(size: number): FourierTransform {
  const cosine = Float64Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size));
  const sine = Float64Array.from({ length: size / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / size));
  const reversed = bitReversed(size);
  const re = new Float64Array(size);
  const im = new Float64Array(size);

  function combine(first: number, half: number): void {
    for (let k = 0, turn = 0; k < half; k++, turn += size / (2 * half)) {
      const p = first + k;
      const q = p + half;
      const c = cosine[turn];
      const s = sine[turn];
      const u = re[q] * c + im[q] * s;
      const v = im[q] * c - re[q] * s;
      re[q] = re[p] - u;
      im[q] = im[p] - v;
      re[p] += u;
      im[p] += v;
    }
  }

  return (real, imaginary, start, stride) => {
    for (let i = 0, at = start; i < size; i++, at += stride) {
      re[reversed[i]] = real[at];
      im[reversed[i]] = imaginary[at];
    }
    for (let half = 1; half < size; half *= 2)
      for (let first = 0; first < size; first += 2 * half) combine(first, half);
    for (let i = 0, at = start; i < size; i++, at += stride) {
      real[at] = re[i];
      imaginary[at] = im[i];
    }
  };
}

/** 0..size−1, each with its bits in reverse. */
function bitReversed(size: number): Uint16Array {
  const out = new Uint16Array(size);
  for (let i = 0; i < size; i++) out[i] = (out[i >> 1] >> 1) | (i & 1 ? size >> 1 : 0);
  return out;
}
