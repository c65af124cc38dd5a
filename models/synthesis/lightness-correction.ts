import { gaussianBlur } from '../image/blur.ts';
import { createPlane, type Plane } from '../image/picture.ts';

/** How much of the difference to the wanted lightness is given back, band by band. */
export interface CorrectionBands {
  /** Structures larger than `coarseSigma` (px): light and shade. Gain 0..1. */
  readonly coarse: number;
  readonly coarseSigma: number;
  /** Structures between the two sigmas: features. Gain 0..1 per pixel. */
  readonly fine: Plane;
  readonly fineSigma: number;
}

/**
 * What to add to the lightness of a synthesised picture so that the person is recognised: the difference between the
 * wanted and the present lightness, blurred, so that everything finer than `fineSigma` stays the medium's own.
 * Nothing outside `mask` has an influence.
 */
export function lightnessCorrection(
  present: Plane,
  wanted: Plane,
  mask: Plane,
  bands: CorrectionBands,
): Plane {
  const { width, height } = present;
  const difference = createPlane(width, height);
  for (let i = 0; i < difference.data.length; i++) {
    difference.data[i] = mask.data[i] * (wanted.data[i] - present.data[i]);
  }
  const coarse = maskedBlur(difference, mask, bands.coarseSigma);
  const fine = maskedBlur(difference, mask, bands.fineSigma);
  for (let i = 0; i < coarse.data.length; i++) {
    const c = coarse.data[i];
    coarse.data[i] = bands.coarse * c + bands.fine.data[i] * (fine.data[i] - c);
  }
  return coarse;
}

/** Normalised convolution (Knutsson, Westin 1993): the blur of a masked plane over the blur of its mask. */
function maskedBlur(masked: Plane, mask: Plane, sigma: number): Plane {
  const blurred = gaussianBlur(masked, sigma);
  const weight = gaussianBlur(mask, sigma);
  for (let i = 0; i < blurred.data.length; i++) blurred.data[i] /= Math.max(weight.data[i], 0.05);
  return blurred;
}
