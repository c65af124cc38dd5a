import type { Plane } from '../image/picture.ts';

const BINS = 256;

/** A monotone map of lightness: `values[i]` is the output for input `i · 100 / 255`, linear in between. */
export interface ToneCurve {
  readonly values: Float32Array;
}

/** A distribution of lightness (0..100) over the pixels of a soft mask. */
export interface LightnessHistogram {
  /** Weight a bin, BINS bins over 0..100. */
  readonly counts: Float32Array;
  readonly total: number;
}

/** Histogram of `lightness` weighted by `mask` (0..1; pixels below one half do not count). */
export function lightnessHistogram(lightness: Plane, mask: Plane): LightnessHistogram {
  const counts = new Float32Array(BINS);
  let total = 0;
  for (let i = 0; i < mask.data.length; i++) {
    const w = mask.data[i];
    if (w < 0.5) continue;
    const bin = Math.min(BINS - 1, Math.max(0, Math.round((lightness.data[i] * (BINS - 1)) / 100)));
    counts[bin] += w;
    total += w;
  }
  return { counts, total };
}

/**
 * The tone curve that gives `from` the distribution of `to` (histogram matching). Its slope is kept below `maxSlope`,
 * so that a flat region of the portrait does not turn into noise, and beyond the range of `from` it runs on to black
 * and white.
 */
export function matchTones(from: LightnessHistogram, to: LightnessHistogram, maxSlope = 2): ToneCurve {
  const quantiles = 33;
  const xs: number[] = [];
  const ys: number[] = [];
  for (let k = 0; k < quantiles; k++) {
    const share = 0.01 + (0.98 * k) / (quantiles - 1);
    const x = quantile(from, share);
    if (xs.length > 0 && x - xs[xs.length - 1] < 0.5) continue;
    xs.push(x);
    ys.push(quantile(to, share));
  }
  limitSlopes(xs, ys, maxSlope);
  return tabulate(
    [0, ...xs, 100],
    [Math.min(ys[0], xs[0]), ...ys, Math.max(ys[ys.length - 1], xs[xs.length - 1])],
  );
}

/** `share` of the weight lies below the returned lightness. */
export function quantile({ counts, total }: LightnessHistogram, share: number): number {
  let sum = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const next = sum + counts[bin];
    if (next >= share * total && counts[bin] > 0) {
      return ((bin - 0.5 + (share * total - sum) / counts[bin]) * 100) / (BINS - 1);
    }
    sum = next;
  }
  return 100;
}

/** Compresses the steps of ys that rise faster than `maxSlope`, keeping the middle value in place. */
function limitSlopes(xs: number[], ys: number[], maxSlope: number): void {
  const middle = xs.length >> 1;
  const original = [...ys];
  const rise = (k: number) => Math.min(original[k] - original[k - 1], maxSlope * (xs[k] - xs[k - 1]));
  for (let k = middle + 1; k < xs.length; k++) ys[k] = ys[k - 1] + rise(k);
  for (let k = middle; k > 0; k--) ys[k - 1] = ys[k] - rise(k);
}

function tabulate(xs: number[], ys: number[]): ToneCurve {
  const values = new Float32Array(BINS + 1);
  let k = 1;
  for (let bin = 0; bin <= BINS; bin++) {
    const x = Math.min(100, (bin * 100) / (BINS - 1));
    while (k < xs.length - 1 && xs[k] < x) k++;
    const share = xs[k] > xs[k - 1] ? (x - xs[k - 1]) / (xs[k] - xs[k - 1]) : 1;
    values[bin] = ys[k - 1] + Math.min(1, Math.max(0, share)) * (ys[k] - ys[k - 1]);
  }
  return { values };
}

/** The curve's value at lightness `x` (0..100). */
export function applyTone({ values }: ToneCurve, x: number): number {
  const at = Math.min(100, Math.max(0, x)) * ((BINS - 1) / 100);
  const i = at | 0;
  return values[i] + (at - i) * (values[i + 1] - values[i]);
}

/** The curve that changes nothing. */
export const IDENTITY_TONES: ToneCurve = {
  values: Float32Array.from({ length: BINS + 1 }, (_, bin) => Math.min(100, (bin * 100) / (BINS - 1))),
};
