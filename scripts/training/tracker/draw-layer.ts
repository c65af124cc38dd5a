import { CROP_SIDE } from '../../../models/track/network.ts';
import type { Layer } from './layers.ts';

/** Where crop pixels lie on a layer, in its pixels: crop pixel (0, 0), and the steps to the right and down. */
export interface Affine {
  readonly origin: readonly [number, number];
  readonly across: readonly [number, number];
  readonly down: readonly [number, number];
}

/** Draws a layer into a crop [3, 64, 64] in 0..1, bilinearly; its last pixels repeat outside. */
export function drawLayer(
  crop: Float32Array,
  layer: Layer,
  { origin, across, down }: Affine,
  blend: boolean,
): void {
  const area = CROP_SIDE ** 2;
  const step = Math.sqrt(Math.abs(across[0] * down[1] - across[1] * down[0]));
  const level = Math.max(0, Math.min(layer.length - 1, Math.floor(Math.log2(step) + 0.25)));
  const { width, height, data } = layer[level];
  const shrink = 2 ** -level;
  for (let row = 0, at = 0; row < CROP_SIDE; row++) {
    for (let column = 0; column < CROP_SIDE; column++, at++) {
      let x = (origin[0] + column * across[0] + row * down[0]) * shrink - 0.5;
      let y = (origin[1] + column * across[1] + row * down[1]) * shrink - 0.5;
      x = Math.max(0, Math.min(x, width - 1.001));
      y = Math.max(0, Math.min(y, height - 1.001));
      const x0 = x | 0;
      const y0 = y | 0;
      const fx = x - x0;
      const fy = y - y0;
      const i = 4 * (y0 * width + x0);
      const j = i + 4 * width;
      const a = (1 - fx) * (1 - fy);
      const b = fx * (1 - fy);
      const c = (1 - fx) * fy;
      const d = fx * fy;
      const alpha = blend ? (a * data[i + 3] + b * data[i + 7] + c * data[j + 3] + d * data[j + 7]) / 255 : 1;
      if (alpha === 0) continue;
      for (let channel = 0; channel < 3; channel++) {
        const value =
          a * data[i + channel] +
          b * data[i + 4 + channel] +
          c * data[j + channel] +
          d * data[j + 4 + channel];
        const to = at + channel * area;
        crop[to] += alpha * (value / 255 - crop[to]);
      }
    }
  }
}
