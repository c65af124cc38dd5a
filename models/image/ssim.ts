import { filterInside, gaussianKernel } from './filter.ts';
import { luma, shave } from './luma.ts';
import type { Picture, Plane } from './picture.ts';

const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

function product(a: Plane, b: Plane): Plane {
  return { ...a, data: a.data.map((value, i) => value * b.data[i]) };
}

/** Edge (px) of the window. */
const WINDOW = 11;

/**
 * Structural similarity of two planes of values 0..255 around each pixel, -1..1: window 11×11, Gaussian of sigma 1.5,
 * where the window fits entirely, so that the map is 10 px smaller. Wang et al. 2004, "Image quality assessment: from
 * error visibility to structural similarity".
 */
export function ssimMap(a: Plane, b: Plane): Plane {
  const kernel = gaussianKernel(WINDOW, 1.5);
  const [meanA, meanB, squareA, squareB, cross] = [a, b, product(a, a), product(b, b), product(a, b)].map(
    (plane) => filterInside(plane, kernel),
  );
  const data = meanA.data.map((mean, i) => {
    const mm = mean * meanB.data[i];
    const m2 = mean ** 2 + meanB.data[i] ** 2;
    const variances = squareA.data[i] + squareB.data[i] - m2;
    return ((2 * mm + C1) * (2 * (cross.data[i] - mm) + C2)) / ((m2 + C1) * (variances + C2));
  });
  return { ...meanA, data };
}

/** The mean of `ssimMap`. */
export function ssim(a: Plane, b: Plane): number {
  const { data } = ssimMap(a, b);
  return data.reduce((sum, value) => sum + value, 0) / data.length;
}

/** SSIM of luma, `border` pixels shaved on each side. */
export function ssimY(a: Picture, b: Picture, border = 4): number {
  return ssim(shave(luma(a), border), shave(luma(b), border));
}
