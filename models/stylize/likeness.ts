/**
 * What makes the picture the person's: light and shade, and the bands of lightness that carry the features. It is asked
 * of the picture before it is matched again, so that patches of the reference draw it; added afterwards it would bring
 * the photograph back.
 */
import { gaussianBlur } from '../image/blur.ts';
import type { LabPlanes } from '../image/colour.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { maskedBlur } from '../synthesis/bands.ts';
import type { Canvas } from './canvas.ts';
import type { Parameters } from './parameters.ts';

/** @param wanted the lightness that the person should have, abstracted */
export function createCorrection(
  { regions, matte, interocular }: Canvas,
  wanted: { readonly tones: Plane; readonly abstract: Plane; readonly lines: Plane },
  p: Parameters,
): (lab: LabPlanes, share: number) => LabPlanes {
  const low = maskedBlur(matte, p.coarseSigma * interocular);
  const band = (plane: Plane) => {
    const fine = gaussianBlur(plane, Math.max(0.5, p.bandFine * interocular));
    const coarse = gaussianBlur(plane, p.bandCoarse * interocular);
    for (let i = 0; i < fine.data.length; i++) fine.data[i] -= coarse.data[i];
    return fine;
  };
  const soft = gaussianBlur(regions.features, 0.02 * interocular);
  const share = createPlane(matte.width, matte.height);
  for (let i = 0; i < share.data.length; i++) {
    share.data[i] = Math.max(Math.min(1, 1.5 * soft.data[i]), p.lineGain * wanted.lines.data[i]);
  }
  const [lowWanted, bandWanted] = [low(wanted.tones), band(wanted.abstract)];
  return (lab, gain) => {
    const [lowNow, bandNow] = [low(lab.l), band(lab.l)];
    const l = createPlane(matte.width, matte.height);
    for (let i = 0; i < l.data.length; i++) {
      l.data[i] =
        lab.l.data[i] +
        gain * p.coarseGain * matte.data[i] * (lowWanted.data[i] - lowNow.data[i]) +
        gain * p.featureGain * share.data[i] * (bandWanted.data[i] - bandNow.data[i]);
    }
    return { ...lab, l };
  };
}

/** Strong lines of the face and around it: glasses, wrinkles. 0..1. */
export function findLines(detailed: Plane, { regions, interocular }: Canvas): Plane {
  const [fine, coarse] = [0.008, 0.03].map((sigma) =>
    gaussianBlur(detailed, Math.max(0.5, sigma * interocular)),
  );
  const near = gaussianBlur(grow(regions.face, 0.12 * interocular), 0.05 * interocular);
  const lines = createPlane(fine.width, fine.height);
  for (let i = 0; i < lines.data.length; i++) {
    const contrast = Math.abs(fine.data[i] - coarse.data[i]);
    const isLine = Math.min(1, Math.max(0, (contrast - 2.5) / 5));
    lines.data[i] = isLine * near.data[i] * (regions.skin.data[i] > 0.5 ? 1 : 0);
  }
  const grown = gaussianBlur(
    grow(lines, Math.max(1, 0.006 * interocular)),
    Math.max(0.5, 0.008 * interocular),
  );
  for (let i = 0; i < grown.data.length; i++) grown.data[i] = Math.min(1, Math.max(0, grown.data[i]));
  return grown;
}

/** The largest value within a square of so many px to each side. */
export function grow({ width, height, data }: Plane, reach: number): Plane {
  const r = Math.max(1, Math.round(reach));
  const rows = createPlane(width, height);
  const out = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let most = 0;
      for (let u = Math.max(0, x - r); u <= Math.min(width - 1, x + r); u++)
        most = Math.max(most, data[y * width + u]);
      rows.data[y * width + x] = most;
    }
  }
  for (let y = 0; y < height; y++) {
    for (let v = Math.max(0, y - r); v <= Math.min(height - 1, y + r); v++) {
      for (let x = 0; x < width; x++) {
        const value = rows.data[v * width + x];
        if (value > out.data[y * width + x]) out.data[y * width + x] = value;
      }
    }
  }
  return out;
}
