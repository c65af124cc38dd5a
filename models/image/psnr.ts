import { luma, shave } from './luma.ts';
import type { Picture, Plane } from './picture.ts';

/** Peak signal-to-noise ratio in dB for values 0..255; Infinity for equal planes. Sizes must match. */
export function psnr(a: Plane, b: Plane): number {
  if (a.width !== b.width || a.height !== b.height) {
    throw new RangeError(
      `Expected equal sizes but received ${a.width}×${a.height} and ${b.width}×${b.height}.`,
    );
  }
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += (a.data[i] - b.data[i]) ** 2;
  return 10 * Math.log10((255 * 255 * a.data.length) / sum);
}

/** PSNR of luma in dB, `border` pixels shaved on each side (4 is the custom for ×4 super-resolution). */
export function psnrY(a: Picture, b: Picture, border = 4): number {
  return psnr(shave(luma(a), border), shave(luma(b), border));
}
