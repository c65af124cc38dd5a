/** Highlights into the range of a screen. What is no brighter than paper and its knee stays as it is. */

/** Light (1 is paper white) from which highlights are compressed. */
const KNEE = 0.75;
/** Peaks up to here count as paper white: rounding of codes. */
const TOLERANCE = 1.02;
/** Share of the pixels that may be brighter than the peak that is shown as white. */
const CLIPPED = 0.0005;
const BINS = 4096;
/** Brightest light told apart: 10,000 cd/m² over paper white of 203. */
const BRIGHTEST = 50;

/** The light below which nearly all pixels' brightest channels lie; at least 1. @param light RGB, 3 samples a pixel */
export function peakOf(light: Float32Array): number {
  const counts = new Uint32Array(BINS + 1);
  for (let i = 0; i < light.length; i += 3) {
    const most = Math.max(light[i], light[i + 1], light[i + 2]);
    counts[Math.ceil(Math.min(1, Math.sqrt(Math.max(0, most) / BRIGHTEST)) * BINS)]++;
  }
  let brighter = (light.length / 3) * CLIPPED;
  let bin = BINS;
  while (bin > 0 && counts[bin] <= brighter) brighter -= counts[bin--];
  return Math.max(1, (bin / BINS) ** 2 * BRIGHTEST);
}

/** Scales each pixel so that its brightest channel follows an extended Reinhard curve above the knee; hues stay. */
export function toneMap(light: Float32Array): void {
  const peak = peakOf(light);
  if (peak <= TOLERANCE) return;
  const white = (peak - KNEE) / (1 - KNEE);
  for (let i = 0; i < light.length; i += 3) {
    const most = Math.max(light[i], light[i + 1], light[i + 2]);
    if (most <= KNEE) continue;
    const over = Math.min(white, (most - KNEE) / (1 - KNEE));
    const mapped = KNEE + ((1 - KNEE) * over * (1 + over / white ** 2)) / (1 + over);
    for (let c = 0; c < 3; c++) light[i + c] *= mapped / most;
  }
}
