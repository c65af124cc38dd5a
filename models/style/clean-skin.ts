import type { LabPlanes } from '../image/colour.ts';
import { createPlane, type Plane } from '../image/picture.ts';

/** A colour further from the median than so many deviations (median absolute, scaled to a Gaussian's) is not skin's. */
const UNLIKE = 4;
/** Least deviation (a, b): smooth skin has hardly any. */
const LEAST = 3;
/** Pixels surer than this tell the colour of skin. */
const SURE = 0.8;
/** More of a feature than this is left alone. */
const FEATURE = 0.3;

/**
 * The skin of a reference without the strands of hair that lie over it and other things that are not its colour, so that
 * they are not painted onto other foreheads. By hue and saturation alone: light and shade are skin's own.
 *
 * @param skin 0..1
 * @param features 0..1: eyes, brows, nose and mouth, which keep their colours
 */
export function cleanSkin(skin: Plane, { a, b }: LabPlanes, features: Plane): Plane {
  const sure: number[] = [];
  for (let i = 0; i < skin.data.length; i++) {
    if (skin.data[i] > SURE && features.data[i] < FEATURE) sure.push(i);
  }
  if (sure.length === 0) return skin;
  const limits = [a, b].map(({ data }) => {
    const middle = median(sure.map((i) => data[i]));
    const deviation = 1.4826 * median(sure.map((i) => Math.abs(data[i] - middle)));
    return { data, middle, most: UNLIKE * Math.max(LEAST, deviation) };
  });
  const clean = createPlane(skin.width, skin.height);
  for (let i = 0; i < clean.data.length; i++) {
    const isLike = limits.every(({ data, middle, most }) => Math.abs(data[i] - middle) <= most);
    clean.data[i] = isLike || features.data[i] >= FEATURE ? skin.data[i] : 0;
  }
  return clean;
}

const median = (values: readonly number[]): number => Float32Array.from(values).sort()[values.length >> 1];
