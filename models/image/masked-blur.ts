import { gaussianBlur } from './blur.ts';
import { decimate, undecimate } from './decimate.ts';
import { createPlane, type Plane } from './picture.ts';

/** Least weight of the mask around a pixel; where it is lighter the result fades to 0. */
const FAINTEST = 0.01;
/** A blur this many pixels wide is computed on a copy shrunk until it is half as wide. */
const WIDE = 3;

/**
 * Normalised convolution (Knutsson, Westin 1993): the Gaussian blur of a masked plane over the blur of its mask.
 * Wide blurs work on decimated copies, which widens them by a few hundredths of an edge's height.
 */
export function maskedBlur(mask: Plane, sigma: number): (plane: Plane) => Plane {
  const { width, height } = mask;
  const factor = Math.max(1, 2 ** Math.floor(Math.log2(sigma / WIDE) + 1));
  const blur = (plane: Plane) => gaussianBlur(decimate(plane, factor), sigma / factor);
  const weight = blur(mask);
  return (plane) => {
    const masked = createPlane(width, height);
    for (let i = 0; i < masked.data.length; i++) masked.data[i] = plane.data[i] * mask.data[i];
    const blurred = blur(masked);
    for (let i = 0; i < blurred.data.length; i++) blurred.data[i] /= Math.max(FAINTEST, weight.data[i]);
    return undecimate(blurred, factor, width, height);
  };
}
