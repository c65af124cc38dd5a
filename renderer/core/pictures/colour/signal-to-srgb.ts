import { toLinearSrgb } from './primaries.ts';
import type { Signal } from './signal.ts';
import { toneMap } from './tone-map.ts';
import { HLG_GAMMA, linearTable, srgbCode } from './transfer.ts';

/** Shares of luminance of the primaries of ITU-R BT.2100. */
const LUMINANCE_2100 = [0.2627, 0.678, 0.0593] as const;

/**
 * Samples that a signal describes as 8-bit sRGB with alpha. HDR is tone-mapped; colours outside sRGB are clipped.
 * @param samples interleaved codes 0..top of 1 to 4 channels: grey or RGB, then alpha
 */
export function signalToSrgb(
  samples: Uint8Array | Uint16Array,
  channels: number,
  top: number,
  { primaries, transfer }: Signal,
): Uint8ClampedArray {
  const light = lightOf(samples, channels, linearTable(transfer, top), top);
  if (transfer === 'hlg') showScene(light);
  if (transfer === 'hlg' || transfer === 'pq') toneMap(light);
  const [red, green, blue] = toLinearSrgb(primaries);
  const alpha = channels === 2 || channels === 4 ? channels - 1 : null;
  const out = new Uint8ClampedArray((samples.length / channels) * 4);
  for (let i = 0, k = 0, s = 0; k < out.length; i += 3, k += 4, s += channels) {
    const [r, g, b] = [light[i], light[i + 1], light[i + 2]];
    out[k] = srgbCode(red[0] * r + red[1] * g + red[2] * b);
    out[k + 1] = srgbCode(green[0] * r + green[1] * g + green[2] * b);
    out[k + 2] = srgbCode(blue[0] * r + blue[1] * g + blue[2] * b);
    out[k + 3] = alpha === null ? 255 : (255 * samples[s + alpha]) / top;
  }
  return out;
}

/** Three channels of linear light. */
function lightOf(
  samples: Uint8Array | Uint16Array,
  channels: number,
  table: Float32Array,
  top: number,
): Float32Array {
  const light = new Float32Array((samples.length / channels) * 3);
  const isGrey = channels < 3;
  for (let i = 0, s = 0; i < light.length; i += 3, s += channels) {
    for (let c = 0; c < 3; c++) light[i + c] = table[Math.min(top, samples[isGrey ? s : s + c])];
  }
  return light;
}

/** HLG's light of the scene to that of the screen: each pixel times its luminance to the power of the gamma less one. */
function showScene(light: Float32Array): void {
  const [kr, kg, kb] = LUMINANCE_2100;
  for (let i = 0; i < light.length; i += 3) {
    const y = kr * light[i] + kg * light[i + 1] + kb * light[i + 2];
    const gain = y > 0 ? y ** (HLG_GAMMA - 1) : 0;
    for (let c = 0; c < 3; c++) light[i + c] *= gain;
  }
}
