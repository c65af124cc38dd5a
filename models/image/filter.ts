import type { Plane } from './picture.ts';

/** Samples of a Gaussian at whole positions around 0, which sum to 1. `size` is odd, sigma in pixels. */
export function gaussianKernel(size: number, sigma: number): Float32Array {
  const centre = (size - 1) / 2;
  const kernel = Float32Array.from({ length: size }, (_, i) =>
    Math.exp(-((i - centre) ** 2) / (2 * sigma * sigma)),
  );
  const sum = kernel.reduce((total, w) => total + w, 0);
  return kernel.map((w) => w / sum);
}

/** Correlation with kernel × kernelᵀ where it fits entirely: the result is kernel.length - 1 pixels smaller. */
export function filterInside(plane: Plane, kernel: Float32Array): Plane {
  const width = plane.width - kernel.length + 1;
  const height = plane.height - kernel.length + 1;
  if (width < 1 || height < 1)
    throw new RangeError(
      `Expected at least ${kernel.length} px but received ${plane.width}×${plane.height}.`,
    );
  const rows = new Float32Array(plane.width * height);
  for (let y = 0; y < height; y++) {
    for (let k = 0; k < kernel.length; k++) {
      const from = (y + k) * plane.width;
      for (let x = 0; x < plane.width; x++) rows[y * plane.width + x] += kernel[k] * plane.data[from + x];
    }
  }
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let k = 0; k < kernel.length; k++) {
      const from = y * plane.width + k;
      for (let x = 0; x < width; x++) data[y * width + x] += kernel[k] * rows[from + x];
    }
  }
  return { width, height, data };
}
