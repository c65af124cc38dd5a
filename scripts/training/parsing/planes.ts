/** Planes of [3, side, side] in 0..1. */
import { gaussianBlur } from '../../../models/image/blur.ts';
import { AREA, lumaOf, SIDE } from './scene.ts';

export const clamp = (value: number) => Math.min(1, Math.max(0, value));

const planeOf = (rgb: Float32Array, c: number) => ({
  width: SIDE,
  height: SIDE,
  data: rgb.subarray(c * AREA, (c + 1) * AREA),
});

export const luma = (rgb: Float32Array): Float32Array =>
  Float32Array.from({ length: AREA }, (_, i) => lumaOf(rgb, i));

export const blurred = (data: Float32Array, sigma: number): Float32Array =>
  gaussianBlur({ width: SIDE, height: SIDE, data }, sigma).data;

export function blur(rgb: Float32Array, sigma: number): void {
  for (let c = 0; c < 3; c++) rgb.set(blurred(planeOf(rgb, c).data, sigma), c * AREA);
}
