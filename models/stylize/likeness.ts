/**
 * What makes the picture the person's: light and shade, and the bands of lightness that carry the features. It is asked
 * of the picture before it is matched again, so that patches of the reference draw it; added afterwards it would bring
 * the photograph back.
 */

import { contourMask, LEFT_EYE, RIGHT_EYE } from '../face/index.ts';
import { gaussianBlur } from '../image/blur.ts';
import type { LabPlanes } from '../image/colour.ts';
import { maskedBlur } from '../image/masked-blur.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import type { Canvas } from './canvas.ts';
import { type ColourStatistics, colourStatistics } from './colour-transport.ts';
import { ownColourPlane } from './features.ts';
import type { Parameters } from './parameters.ts';

/** A picture with more of the person in it: before it is matched again, or at the end, when patches draw no more. */
export type Correct = (lab: LabPlanes, when: 'repeated' | 'final') => LabPlanes;

/**
 * @param wanted the lightness that the person should have, as it is and abstracted, and where lines are (0..1)
 * @param worn where hair and costume are the reference's, which are not corrected
 */
export function createCorrection(
  canvas: Canvas,
  reference: ColourStatistics,
  wanted: { readonly tones: Plane; readonly abstract: Plane; readonly lines: Plane },
  worn: Plane | null,
  p: Parameters,
): Correct {
  const { regions, matte, interocular } = canvas;
  const shown = worn ? { ...matte, data: matte.data.map((m, i) => m * (1 - worn.data[i])) } : matte;
  const low = maskedBlur(shown, p.coarseSigma * interocular);
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
    if (worn) share.data[i] *= 1 - worn.data[i];
  }
  const ownColours = createEyeColours(canvas, reference, worn, p);
  const [lowWanted, bandWanted] = [low(wanted.tones), band(wanted.abstract)];
  const eyes = eyePlane(canvas);
  return (lab, when) => {
    const isFinal = when === 'final';
    const coarse = p.coarseGain * (isFinal ? p.finalCoarseGain : 1);
    const gain = isFinal ? p.finalGain : 1;
    const [lowNow, bandNow] = [low(lab.l), band(lab.l)];
    const l = createPlane(matte.width, matte.height);
    for (let i = 0; i < l.data.length; i++) {
      l.data[i] =
        lab.l.data[i] +
        coarse * shown.data[i] * (lowWanted.data[i] - lowNow.data[i]) +
        (isFinal ? gain + eyes.data[i] * (p.finalEyeGain - gain) : gain) *
          p.featureGain *
          share.data[i] *
          (bandWanted.data[i] - bandNow.data[i]);
    }
    return { l, ...ownColours(lab, gain) };
  };
}

/** 0..1: the eyes with their lids. */
function eyePlane({ landmarks, width, height, interocular }: Canvas): Plane {
  const eyes = createPlane(width, height);
  for (const eye of [LEFT_EYE, RIGHT_EYE]) {
    const { data } = contourMask(landmarks, eye, width, height, 0.04 * interocular);
    for (let i = 0; i < data.length; i++) eyes.data[i] = Math.min(1, eyes.data[i] + 2 * data[i]);
  }
  return eyes;
}

/**
 * Eyeballs and what an open mouth shows have a colour of their own in every face: they differ from the reference's skin
 * as they differ from the portrait's, as far as that skin is coloured at all.
 */
function createEyeColours(
  { regions, lab: own, landmarks, width, height, interocular }: Canvas,
  { mean: reference }: ColourStatistics,
  worn: Plane | null,
  p: Parameters,
): (lab: LabPlanes, gain: number) => { a: Plane; b: Plane } {
  const mask = ownColourPlane(width, height, landmarks, interocular);
  if (worn) for (let i = 0; i < mask.data.length; i++) mask.data[i] *= 1 - worn.data[i];
  const skin = colourStatistics(own, regions.skin).mean;
  const chroma = ([, a, b]: readonly number[]) => Math.hypot(a, b);
  const saturation = Math.min(1, chroma(reference) / Math.max(1, chroma(skin)));
  return (lab, gain) => {
    const mend = (channel: 'a' | 'b', c: 1 | 2): Plane => {
      const data = lab[channel].data.map((value, i) => {
        const share = Math.min(1, gain * p.eyeColour * mask.data[i]);
        if (share < 0.01) return value;
        return value + share * (reference[c] + saturation * (own[channel].data[i] - skin[c]) - value);
      });
      return { ...lab[channel], data };
    };
    return { a: mend('a', 1), b: mend('b', 2) };
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

/** The largest value within a square of so many px to each side (van Herk's doubling: cost grows with its logarithm). */
export function grow(plane: Plane, reach: number): Plane {
  const r = Math.max(1, Math.round(reach));
  const { width, height } = plane;
  const [rows, out, ahead] = [0, 1, 2].map(() => createPlane(width, height));
  for (let y = 0; y < height; y++) {
    const row = ({ data }: Plane) => data.subarray(y * width, (y + 1) * width);
    runningMaximum(row(plane), row(rows), ahead.data, width, 1, r);
  }
  runningMaximum(rows.data, out.data, ahead.data, height, width, r);
  return out;
}

/**
 * The maximum over 2r + 1 neighbours along one axis of `length` steps of `stride` values each.
 * @param ahead room for as many values
 */
function runningMaximum(
  values: Float32Array,
  out: Float32Array,
  ahead: Float32Array,
  length: number,
  stride: number,
  r: number,
): void {
  // Invariant: ahead[i] is the maximum of the `span` values from i on.
  ahead.set(values);
  let span = 1;
  const extend = (by: number) => {
    const end = (length - by) * stride;
    for (let i = 0, k = by * stride; i < end; i++, k++) if (ahead[k] > ahead[i]) ahead[i] = ahead[k];
  };
  for (; 2 * span <= r + 1; span *= 2) extend(span);
  if (span < r + 1) extend(r + 1 - span);
  for (let i = 0, at = 0; i < length; i++) {
    // What lies behind begins r steps before, or at the border.
    let from = Math.max(0, i - r) * stride;
    for (const end = at + stride; at < end; at++, from++)
      out[at] = ahead[from] > ahead[at] ? ahead[from] : ahead[at];
  }
}
