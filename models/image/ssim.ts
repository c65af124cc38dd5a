import { filterInside, gaussianKernel } from './filter.ts';
import { luma, shave } from './luma.ts';
import type { Picture, Plane } from './picture.ts';

const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

function product(a: Plane, b: Plane): Plane {
  return { ...a, data: a.data.map((value, i) => value * b.data[i]) };
}

/**
 * Mean structural similarity of two planes of values 0..255, -1..1: window 11×11, Gaussian of sigma 1.5, where the
 * window fits entirely. Wang et al. 2004, "Image quality assessment: from error visibility to structural similarity".
 */
export function ssim(a: Plane, b: Plane): number {
  const kernel = gaussianKernel(11, 1.5);
  const [meanA, meanB, squareA, squareB, cross] = [a, b, product(a, a), product(b, b), product(a, b)].map(
    (plane) => filterInside(plane, kernel).data,
  );
  let sum = 0;
  for (let i = 0; i < meanA.length; i++) {
    const mm = meanA[i] * meanB[i];
    const m2 = meanA[i] ** 2 + meanB[i] ** 2;
    const variances = squareA[i] + squareB[i] - m2;
    sum += ((2 * mm + C1) * (2 * (cross[i] - mm) + C2)) / ((m2 + C1) * (variances + C2));
  }
  return sum / meanA.length;
}

/** SSIM of luma, `border` pixels shaved on each side. */
export function ssimY(a: Picture, b: Picture, border = 4): number {
  return ssim(shave(luma(a), border), shave(luma(b), border));
}
