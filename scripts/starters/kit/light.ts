import { gaussianBlur } from '../../../models/image/blur.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { darkLines } from './abstraction.ts';
import { clamp, mix, ramp } from './colour.ts';
import type { Sitter } from './sitter.ts';

export type Direction = readonly [x: number, y: number, z: number];
/** From the upper left, towards the viewer. */
const STUDIO: Direction = [-0.62, -0.42, 0.66];

/**
 * The tone under a stronger light from one side: official portraits are lit from the front, painters like a form that turns.
 * @param strength 0: the photograph's own light
 * @returns 0..1
 */
export function litTone({ tone, normals, segments }: Sitter, strength: number, light = STUDIO): Plane {
  const out = createPlane(tone.width, tone.height);
  for (let i = 0; i < out.data.length; i++) {
    const facing = light[0] * normals.x.data[i] + light[1] * normals.y.data[i] + light[2] * normals.z.data[i];
    const body = segments.skin.data[i] + 0.4 * segments.hair.data[i] + 0.3 * segments.clothes.data[i];
    out.data[i] = clamp(tone.data[i] + strength * Math.max(-0.8, facing - 0.64) * body);
  }
  return out;
}

/**
 * What a draughtsman would draw a line along: dark lines of the photograph, the face's more readily than the coat's, and the outline.
 * In units of lightness, as `darkLines`.
 * @param sigma px, half the width of the lines sought
 * @param rim how strongly the outline counts
 * @param calm, sharp how strongly lines count far from and near the features
 */
export function drawnLines(
  sitter: Sitter,
  sigma: number,
  { rim = 3.5, calm = 0.7, sharp = 1.6 } = {},
): Plane {
  const { lab, field, person, focus, bottom, interocular } = sitter;
  const lines = darkLines(lab.l, field, sigma);
  const edge = outline(person);
  for (let i = 0; i < lines.data.length; i++) {
    const ends =
      1 - ramp(Math.floor(i / person.width), bottom - 0.12 * interocular, bottom - 0.04 * interocular);
    const inner = lines.data[i] * ramp(person.data[i], 0.3, 0.8) * mix(calm, sharp, focus.data[i]);
    lines.data[i] = ends * Math.max(inner, rim * edge.data[i]);
  }
  return lines;
}

/** 1 on the outline of a mask, 0 away from it. */
function outline(mask: Plane): Plane {
  const soft = gaussianBlur(mask, 2.5);
  return { ...soft, data: soft.data.map((p) => Math.max(0, 1 - 2.6 * Math.abs(p - 0.5))) };
}

/**
 * A part's tones spread over the whole range, as far as asked: dark skin and black hair have lights and darks of their own.
 * @param part 0..1 at each pixel
 * @param amount 0..1
 */
export function spreadTone(tone: Plane, part: Plane, amount: number): Plane {
  const values = tone.data.filter((_, i) => part.data[i] > 0.8).sort();
  if (values.length < 100) return tone;
  const [low, high] = [0.04, 0.97].map((q) => values[Math.floor(q * (values.length - 1))]);
  return {
    ...tone,
    data: tone.data.map((t, i) => mix(t, clamp((t - low) / (high - low)), amount * part.data[i])),
  };
}
