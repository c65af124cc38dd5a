/** The hue of painted skin, and the colours of what is not skin in a face: eyes, teeth. Colours are of L*a*b*. */
import type { LabPlanes } from '../image/colour.ts';
import type { Plane } from '../image/picture.ts';

/** Mean a and b. */
export interface MeanColour {
  readonly a: number;
  readonly b: number;
}

export interface SkinColours {
  readonly portrait: MeanColour;
  readonly reference: MeanColour;
}

/** Chroma of pencil or charcoal on paper, at most; of a drawing's skin, and of a painting's. */
const NEUTRAL = 3.5;
const GREY = 6;
const COLOURED = 16;

export function meanColour({ a, b }: LabPlanes, weights: Plane): MeanColour {
  let [sumA, sumB, sum] = [0, 0, 0];
  for (let i = 0; i < weights.data.length; i += 3) {
    const weight = weights.data[i];
    sumA += weight * a.data[i];
    sumB += weight * b.data[i];
    sum += weight;
  }
  return { a: sumA / Math.max(1e-6, sum), b: sumB / Math.max(1e-6, sum) };
}

/** The mean of a plane, weighted. */
export function meanOf({ data }: Plane, weights: Plane): number {
  let [sum, weight] = [0, 0];
  for (let i = 0; i < data.length; i += 3) {
    sum += weights.data[i] * data[i];
    weight += weights.data[i];
  }
  return sum / Math.max(1e-6, weight);
}

/** Whether skin is drawn with grey lines on white, as far as its colour tells. */
export const isNeutral = ({ a, b }: MeanColour): boolean => Math.hypot(a, b) < NEUTRAL;

/** Whether skin is painted in colour, and not drawn in grey. */
export const isColoured = ({ a, b }: MeanColour): boolean => Math.hypot(a, b) >= COLOURED;

/**
 * The share (0..1) of its own tone that skin keeps. Where the reference's skin is bare paper, keeping a tone means to
 * cover the paper, so in the middle of the range a drawing keeps half as much as a painting.
 */
export function keptSkinTone(tone: number, { a, b }: MeanColour): number {
  const coloured = Math.min(1, Math.max(0, (Math.hypot(a, b) - GREY) / (COLOURED - GREY)));
  return tone * (coloured + (1 - coloured) * tone);
}

/**
 * Turns the hue of painted skin towards the portrait's, by a share of 0..1, and takes away saturation that the portrait's
 * skin has not. Colours are turned about grey and not shifted: strokes that the painter left grey stay so.
 */
export function keepSkinHue(painted: LabPlanes, skin: Plane, colours: SkinColours, share: number): void {
  const { portrait, reference } = colours;
  // portrait / reference as complex numbers a + ib, no longer than 1
  const scale = saturationOf(colours) / Math.max(1, reference.a ** 2 + reference.b ** 2);
  const real = scale * (portrait.a * reference.a + portrait.b * reference.b) - 1;
  const imaginary = scale * (portrait.b * reference.a - portrait.a * reference.b);
  const [{ data: a }, { data: b }] = [painted.a, painted.b];
  for (let i = 0; i < a.length; i++) {
    const s = share * skin.data[i];
    const [x, y] = [a[i], b[i]];
    a[i] += s * (real * x - imaginary * y);
    b[i] += s * (real * y + imaginary * x);
  }
}

/**
 * Where `mask` is 1 the colour differs from the reference's skin as it differs from the skin in the portrait: the white
 * of eyes and teeth, the colour of an iris, as that skin's light shows them. A drawing stays grey.
 */
export function keepOwnColours(painted: LabPlanes, own: LabPlanes, mask: Plane, colours: SkinColours): void {
  const saturation = saturationOf(colours);
  for (const channel of CHANNELS) {
    const [p, o] = [painted[channel].data, own[channel].data];
    const { portrait, reference } = {
      portrait: colours.portrait[channel],
      reference: colours.reference[channel],
    };
    for (let i = 0; i < p.length; i++) {
      const share = Math.min(1, mask.data[i]);
      if (share < 0.01) continue;
      p[i] += share * (reference + saturation * (o[i] - portrait) - p[i]);
    }
  }
}

const CHANNELS = ['a', 'b'] as const;

/** How much of the portrait's saturation the reference's skin has, at most all. */
const saturationOf = ({ portrait, reference }: SkinColours) =>
  Math.min(1, Math.hypot(reference.a, reference.b) / Math.max(1, Math.hypot(portrait.a, portrait.b)));
