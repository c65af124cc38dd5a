/** Samples to light, light to sRGB: what signals and profiles share. */
import type { Matrix } from './primaries.ts';
import { srgbCode } from './transfer.ts';

/** Interleaved codes 0..top of 1 to 4 channels: grey or RGB, then alpha. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly top: number;
  readonly data: Uint8Array | Uint16Array;
}

/** Three channels of linear light a pixel. @param tables the light of each code, of red, green and blue */
export function lightOf({ data, channels, top }: Samples, tables: readonly Float32Array[]): Float32Array {
  const light = new Float32Array((data.length / channels) * 3);
  const isGrey = channels < 3;
  for (let i = 0, s = 0; i < light.length; i += 3, s += channels) {
    for (let c = 0; c < 3; c++) light[i + c] = tables[c][Math.min(top, data[isGrey ? s : s + c])];
  }
  return light;
}

/**
 * 8-bit codes of sRGB's curve with the alpha of the samples; what lies outside of the primaries is clipped.
 * @param matrix to the linear light of sRGB, or of whatever primaries the result shall have
 */
export function lightToSrgb(
  light: Float32Array,
  [red, green, blue]: Matrix,
  { channels, top, data }: Samples,
): Uint8ClampedArray {
  const alpha = channels === 2 || channels === 4 ? channels - 1 : null;
  const out = new Uint8ClampedArray((data.length / channels) * 4);
  for (let i = 0, k = 0, s = 0; k < out.length; i += 3, k += 4, s += channels) {
    const [r, g, b] = [light[i], light[i + 1], light[i + 2]];
    out[k] = srgbCode(red[0] * r + red[1] * g + red[2] * b);
    out[k + 1] = srgbCode(green[0] * r + green[1] * g + green[2] * b);
    out[k + 2] = srgbCode(blue[0] * r + blue[1] * g + blue[2] * b);
    out[k + 3] = alpha === null ? 255 : (255 * data[s + alpha]) / top;
  }
  return out;
}
