import { createPicture, type Picture } from '../../../models/image/picture.ts';
import type { Rgb } from './colour.ts';

/** A sheet that is painted on: sRGB codes as real numbers, so that thousands of thin layers do not round. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Interleaved RGB, 0..255; length = width · height · 3 */
  readonly rgb: Float32Array;
}

/** @param ground the colour at pixel i, or one for all */
export function createCanvas(width: number, height: number, ground: Rgb | ((i: number) => Rgb)): Canvas {
  const rgb = new Float32Array(width * height * 3);
  for (let i = 0; i < width * height; i++) rgb.set(typeof ground === 'function' ? ground(i) : ground, 3 * i);
  return { width, height, rgb };
}

/** Opaque colour over what is there. @param alpha 0..1 */
export function cover({ rgb }: Canvas, i: number, colour: Rgb, alpha: number): void {
  for (let c = 0; c < 3; c++) rgb[3 * i + c] += (colour[c] - rgb[3 * i + c]) * alpha;
}

/** Transparent ink: the light that is left is multiplied (Lambert–Beer). @param amount 1: the ink's own colour on white */
export function glaze({ rgb }: Canvas, i: number, ink: Rgb, amount: number): void {
  for (let c = 0; c < 3; c++) rgb[3 * i + c] *= (Math.max(1, ink[c]) / 255) ** amount;
}

export function toPicture({ width, height, rgb }: Canvas): Picture {
  const picture = createPicture(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) picture.data[4 * i + c] = rgb[3 * i + c];
    picture.data[4 * i + 3] = 255;
  }
  return picture;
}
