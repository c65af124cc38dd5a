import { lightOf, lightToSrgb, type Samples } from './light-to-srgb.ts';
import { toLinearSrgb } from './primaries.ts';
import type { Signal } from './signal.ts';
import { toneMap } from './tone-map.ts';
import { HLG_GAMMA, linearTable } from './transfer.ts';

/**
 * Samples that a signal describes as 8-bit sRGB with alpha. HDR is tone-mapped.
 * @param matrix from the signal's primaries to those of the result; by default sRGB's
 */
export function signalToSrgb(
  samples: Samples,
  { primaries, transfer }: Signal,
  matrix = toLinearSrgb(primaries),
): Uint8ClampedArray {
  const table = linearTable(transfer, samples.top);
  const light = lightOf(samples, [table, table, table]);
  if (transfer === 'hlg') showScene(light);
  if (transfer === 'hlg' || transfer === 'pq') toneMap(light);
  return lightToSrgb(light, matrix, samples);
}

/** Shares of luminance of the primaries of ITU-R BT.2100. */
const LUMINANCE_2100 = [0.2627, 0.678, 0.0593] as const;

/** HLG's light of the scene to that of the screen: each pixel times its luminance to the power of the gamma less one. */
function showScene(light: Float32Array): void {
  const [kr, kg, kb] = LUMINANCE_2100;
  for (let i = 0; i < light.length; i += 3) {
    const y = kr * light[i] + kg * light[i + 1] + kb * light[i + 2];
    const gain = y > 0 ? y ** (HLG_GAMMA - 1) : 0;
    for (let c = 0; c < 3; c++) light[i + c] *= gain;
  }
}
