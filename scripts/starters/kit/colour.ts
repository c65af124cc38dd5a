import { labPlanes, pictureFromLab } from '../../../models/image/colour.ts';
import type { Plane } from '../../../models/image/picture.ts';

/** sRGB codes 0..255. */
export type Rgb = readonly [red: number, green: number, blue: number];
/** CIE L*a*b*, L 0..100. */
export type Lab = readonly [l: number, a: number, b: number];

export const clamp = (x: number, low = 0, high = 1): number => Math.min(high, Math.max(low, x));
export const mix = (a: number, b: number, t: number): number => a + (b - a) * t;
/** 0 below `from`, 1 above `to`, smooth in between. */
export function ramp(x: number, from: number, to: number): number {
  const t = clamp((x - from) / (to - from));
  return t * t * (3 - 2 * t);
}

export const mixRgb = (a: Rgb, b: Rgb, t: number): Rgb => [
  mix(a[0], b[0], t),
  mix(a[1], b[1], t),
  mix(a[2], b[2], t),
];

export const hex = (code: string): Rgb =>
  [1, 3, 5].map((k) => Number.parseInt(code.slice(k, k + 2), 16)) as unknown as Rgb;

const onePixel = (value: number): Plane => ({ width: 1, height: 1, data: Float32Array.of(value) });

export function labToRgb([l, a, b]: Lab): Rgb {
  const { data } = pictureFromLab({ l: onePixel(clamp(l, 0, 100)), a: onePixel(a), b: onePixel(b) });
  return [data[0], data[1], data[2]];
}

const known = new Map<number, Lab>();

/** Of the nearest 8-bit colour. */
export function rgbToLab(rgb: Rgb): Lab {
  const data = Uint8ClampedArray.of(...rgb, 255);
  const key = (data[0] << 16) | (data[1] << 8) | data[2];
  const found = known.get(key);
  if (found) return found;
  const { l, a, b } = labPlanes({ width: 1, height: 1, data });
  const lab: Lab = [l.data[0], a.data[0], b.data[0]];
  known.set(key, lab);
  return lab;
}

/** A colour of a scale of colours that are evenly spaced over 0..1. */
export function scaleColour(colours: readonly Rgb[], t: number): Rgb {
  const x = clamp(t) * (colours.length - 1);
  const k = Math.min(colours.length - 2, Math.floor(x));
  return mixRgb(colours[k], colours[k + 1], x - k);
}
