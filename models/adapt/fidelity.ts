/** How near an enlargement comes to the truth, in pixels and in texture. */
import type { Picture } from '../image/picture.ts';
import { psnrY } from '../image/psnr.ts';
import { type PatchProfile, patchProfile, profileDistance } from '../image/sliced-wasserstein.ts';
import { logPowerSpectrum, spectrumDistance } from '../image/spectrum.ts';

export interface Fidelity {
  /** dB of luma. */
  readonly psnr: number;
  /** Sliced Wasserstein distance of 7×7 Lab patches less their mean, at the picture's own size. */
  readonly texture: number;
  /** Mean difference of logarithmic power spectra, which shows grids. */
  readonly spectrum: number;
}

export interface Truth {
  readonly picture: Picture;
  readonly profile: PatchProfile;
  readonly spectrum: Float32Array;
}

export const truthOf = (picture: Picture): Truth => ({
  picture,
  profile: textureProfile(picture),
  spectrum: logPowerSpectrum(picture),
});

/** @param picture of the truth's size */
export function fidelity(picture: Picture, truth: Truth): Fidelity {
  return {
    psnr: psnrY(picture, truth.picture),
    texture: profileDistance(textureProfile(picture), truth.profile),
    spectrum: spectrumDistance(logPowerSpectrum(picture), truth.spectrum),
  };
}

const textureProfile = (picture: Picture) => patchProfile(picture, { removeMean: true, native: true });
