import type { LabPlanes } from '../image/colour.ts';

/** Mean and standard deviation of each channel of L*a*b*. */
export type Palette = Readonly<
  Record<'l' | 'a' | 'b', { readonly mean: number; readonly deviation: number }>
>;

/** The palette of a picture given in one or more parts. */
export function measurePalette(parts: readonly LabPlanes[]): Palette {
  return { l: measureChannel(parts, 'l'), a: measureChannel(parts, 'a'), b: measureChannel(parts, 'b') };
}

function measureChannel(parts: readonly LabPlanes[], channel: 'l' | 'a' | 'b') {
  let [sum, squares, count] = [0, 0, 0];
  for (const part of parts) {
    for (const value of part[channel].data) {
      sum += value;
      squares += value * value;
    }
    count += part[channel].data.length;
  }
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}
