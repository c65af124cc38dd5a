/**
 * The skin of a reference without what is not skin's: strands, beards and curls that its segments take for skin, and jewels.
 * They would be painted onto the foreheads and chins of others.
 */
import { facePositions } from '../face/face-frame.ts';
import type { LabPlanes } from '../image/colour.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { maskedBlur } from '../synthesis/bands.ts';
import { isColoured, isNeutral, type MeanColour } from './skin-colour.ts';

/**
 * @param skin 0..1
 * @param colour its mean
 * @param features 0..1: eyes, brows, nose and mouth, which stay as they are
 * @param landmarks 468 · 3 coordinates in pixels
 */
export function cleanSkin(
  skin: Plane,
  colour: MeanColour,
  lab: LabPlanes,
  features: Plane,
  landmarks: Float32Array,
  interocular: number,
): Plane {
  // Hatching is as rough as hair, and is how skin is drawn.
  if (isNeutral(colour)) return skin;
  const even = cleanByTexture(skin, lab, features, landmarks, interocular);
  return isColoured(colour) ? cleanByColour(even, lab, features) : even;
}

/** Pixels surer than this tell what skin looks like. */
const SURE = 0.8;
/** More of a feature than this is left alone. */
const FEATURE = 0.3;

/** A colour further from the median than so many deviations (median absolute, scaled to a Gaussian's) is not skin's. */
const UNLIKE = 4;
/** Least deviation (a, b): smooth skin has hardly any. */
const LEAST = 3;

/**
 * Without what has another hue or saturation; light and shade are skin's own.
 * @param skin 0..1, of a reference in colour
 * @param features 0..1: eyes, brows, nose and mouth, which keep their colours
 */
export function cleanByColour(skin: Plane, { a, b }: LabPlanes, features: Plane): Plane {
  const sure = sureSkin(skin, features);
  if (sure.length === 0) return skin;
  const limits = [a, b].map(({ data }) => {
    const middle = median(sure.map((i) => data[i]));
    const deviation = 1.4826 * median(sure.map((i) => Math.abs(data[i] - middle)));
    return { data, middle, most: UNLIKE * Math.max(LEAST, deviation) };
  });
  return keep(skin, features, (i) =>
    limits.every(({ data, middle, most }) => Math.abs(data[i] - middle) <= most),
  );
}

/**
 * Texture finer than `sigma` (eye distances) that is `most` times as strong as that of cheeks and forehead is hair's: fine
 * strands, and curls.
 */
const HAIRY = [
  { sigma: 0.015, most: 1.5 },
  { sigma: 0.025, most: 1.8 },
] as const;
/** Texture is averaged over so much (eye distances). */
const SURROUNDINGS = 0.1;
/** Deviations (L, 0..100) below which cheeks and forehead count as even: a drawing's may be blank paper. */
const EVEN = { usual: 0.75, mean: 1.5 } as const;
/** A single line is not hair: more than so many times the usual deviation counts as that many. */
const LINE = 6;

/**
 * Without what is much rougher than cheeks and forehead.
 * @param landmarks 468 · 3 coordinates in pixels
 */
export function cleanByTexture(
  skin: Plane,
  { l }: LabPlanes,
  features: Plane,
  landmarks: Float32Array,
  interocular: number,
): Plane {
  const { width, height } = skin;
  const { y, radius } = facePositions(landmarks, width, height);
  const smooth = sureSkin(skin, features).filter((i) => radius.data[i] < 0.85 && y.data[i] < 0.2);
  if (smooth.length === 0) return skin;
  const inSkin = maskOf(skin, (i) => skin.data[i] > SURE);
  const average = maskedBlur(
    maskOf(skin, (i) => inSkin.data[i] > 0 && features.data[i] < FEATURE),
    SURROUNDINGS * interocular,
  );
  const scales = HAIRY.map(({ sigma, most }) => {
    const blurred = maskedBlur(inSkin, sigma * interocular)(l);
    const deviation = l.data.map((value, i) => Math.abs(value - blurred.data[i]));
    const line = LINE * Math.max(EVEN.usual, median(smooth.map((i) => deviation[i])));
    const { data } = average({ width, height, data: deviation.map((value) => Math.min(value, line)) });
    return { data, most: most * Math.max(EVEN.mean, median(smooth.map((i) => data[i]))) };
  });
  return keep(skin, features, (i) => scales.every(({ data, most }) => data[i] <= most));
}

function sureSkin(skin: Plane, features: Plane): number[] {
  const sure: number[] = [];
  for (let i = 0; i < skin.data.length; i++) {
    if (skin.data[i] > SURE && features.data[i] < FEATURE) sure.push(i);
  }
  return sure;
}

function maskOf({ width, height }: Plane, test: (i: number) => boolean): Plane {
  const mask = createPlane(width, height);
  for (let i = 0; i < mask.data.length; i++) mask.data[i] = test(i) ? 1 : 0;
  return mask;
}

/** Skin where it is like skin, or a feature. */
function keep(skin: Plane, features: Plane, isLike: (i: number) => boolean): Plane {
  const clean = createPlane(skin.width, skin.height);
  for (let i = 0; i < clean.data.length; i++) {
    clean.data[i] = features.data[i] >= FEATURE || isLike(i) ? skin.data[i] : 0;
  }
  return clean;
}

const median = (values: readonly number[]): number => Float32Array.from(values).sort()[values.length >> 1];
