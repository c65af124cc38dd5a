/**
 * Lightness in three bands, so that each can come from where it looks best: light and shade and features from the
 * portrait, the medium's strokes from the reference. The bands of a plane sum to the plane.
 */
import { gaussianBlur } from '../image/blur.ts';
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
export function blurApart(plane: Plane, mask: Plane, sigma: number): Plane {
  const { width, height } = plane;
  const inside = maskedBlur(plane, mask, sigma);
  const outside = maskedBlur(plane, { width, height, data: mask.data.map((value) => 1 - value) }, sigma);
  for (let i = 0; i < inside.data.length; i++) {
    inside.data[i] = outside.data[i] + mask.data[i] * (inside.data[i] - outside.data[i]);
  }
  return inside;
}

/** Normalised convolution (Knutsson, Westin 1993): the blur of a masked plane over the blur of its mask. */
export function maskedBlur(plane: Plane, mask: Plane, sigma: number): Plane {
  const masked = createPlane(plane.width, plane.height);
  for (let i = 0; i < masked.data.length; i++) masked.data[i] = plane.data[i] * mask.data[i];
  const blurred = gaussianBlur(masked, sigma);
  const weight = gaussianBlur(mask, sigma);
  for (let i = 0; i < blurred.data.length; i++) {
    blurred.data[i] = weight.data[i] > 0.01 ? blurred.data[i] / weight.data[i] : plane.data[i];
  }
  return blurred;
}
