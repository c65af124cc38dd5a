/**
 * Lightness in three bands, so that each can come from where it looks best: light and shade and features from the
 * portrait, the medium's strokes from the reference. The bands of a plane sum to the plane.
 */
import { gaussianBlur } from '../image/blur.ts';
import { decimate, undecimate } from '../image/decimate.ts';
import { createPlane, type Plane } from '../image/picture.ts';

export interface Bands {
  /** Larger than `coarseSigma`: light and shade. */
  readonly coarse: Plane;
  /** Between the two sigmas: features and broad strokes. */
  readonly middle: Plane;
  /** Smaller than `fineSigma`: grain, hairs, the edges of strokes. */
  readonly fine: Plane;
}

/** @param coarse and @param middle the plane blurred by the coarse and by the fine sigma */
export function splitBands(plane: Plane, coarse: Plane, middle: Plane): Bands {
  const { width, height } = plane;
  const bands = { coarse, middle: createPlane(width, height), fine: createPlane(width, height) };
  for (let i = 0; i < plane.data.length; i++) {
    bands.fine.data[i] = plane.data[i] - middle.data[i];
    bands.middle.data[i] = middle.data[i] - coarse.data[i];
  }
  return bands;
}

/** Blurs what is inside a soft mask and what is outside without mixing the two. */
export function blurApart(mask: Plane, sigma: number): (plane: Plane) => Plane {
  const { width, height } = mask;
  const complement = createPlane(width, height);
  for (let i = 0; i < mask.data.length; i++) complement.data[i] = 1 - mask.data[i];
  const blurInside = maskedBlur(mask, sigma);
  const blurOutside = maskedBlur(complement, sigma);
  return (plane) => {
    const inside = blurInside(plane);
    const outside = blurOutside(plane);
    for (let i = 0; i < inside.data.length; i++) {
      inside.data[i] = outside.data[i] + mask.data[i] * (inside.data[i] - outside.data[i]);
    }
    return inside;
  };
}

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
