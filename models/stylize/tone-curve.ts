import type { Plane } from '../image/picture.ts';

const BINS = 256;

/** A monotone map of lightness: `values[i]` is the output for input `i · 100 / 255`, linear in between. */
export interface ToneCurve {
  readonly values: Float32Array;
}

/**
 * A distribution of lightness (0..100) over the pixels of a soft mask: weight a bin, BINS bins over 0..100. Its total is no field: on
 * Node 24.9 now and then (1 of 9 cold processes on a busy machine) all histograms made in one `map` had the total of the last,
 * as if V8 had boxed the number once for all; hair came out white.
 */
export type LightnessHistogram = Float32Array;

export const totalOf = (histogram: LightnessHistogram): number =>
  histogram.reduce((sum, weight) => sum + weight, 0);

/** Histogram of `lightness` weighted by `mask` (0..1; pixels below one half do not count). */
export function lightnessHistogram(lightness: Plane, mask: Plane): LightnessHistogram {
  const counts = new Float32Array(BINS);
  for (let i = 0; i < mask.data.length; i++) {
    const w = mask.data[i];
    if (w < 0.5) continue;
    const bin = Math.min(BINS - 1, Math.max(0, Math.round((lightness.data[i] * (BINS - 1)) / 100)));
    counts[bin] += w;
  }
  return counts;
}

/** Points of the distribution that are matched; those closer than this (lightness) are one. */
const QUANTILES = 33;
const CLOSEST = 0.5;

/**
 * The tone curve that gives `from` the distribution of `to` (histogram matching). Its slope is kept below `maxSlope`,
 * so that a flat region of the portrait does not turn into noise; beyond the range of `from` it runs on towards black
 * and white as far as that allows. What has one lightness in `from` gets the mean of what it stands for in `to`.
 */
export function matchTones(from: LightnessHistogram, to: LightnessHistogram, maxSlope = 2): ToneCurve {
  const groups = pairQuantiles(from, to);
  const xs = groups.map(({ x }) => mean(x));
  const ys = groups.map(({ y }) => mean(y));
  let counted = 0;
  const middle = groups.findIndex(({ x }) => {
    counted += x.length;
    return counted > QUANTILES / 2;
  });
  limitSlopes(xs, ys, maxSlope, middle);
  const [x0, y0, x1, y1] = [xs[0], ys[0], xs[xs.length - 1], ys[ys.length - 1]];
  const black = Math.max(Math.min(x0, y0), y0 - maxSlope * x0);
  const white = Math.min(Math.max(x1, y1), y1 + maxSlope * (100 - x1));
  return tabulate([0, ...xs, 100], [black, ...ys, white]);
}

/** Quantiles of both distributions in rising order, grouped where they hardly differ in `from`. */
function pairQuantiles(from: LightnessHistogram, to: LightnessHistogram): { x: number[]; y: number[] }[] {
  const groups: { x: number[]; y: number[] }[] = [];
  for (let k = 0; k < QUANTILES; k++) {
    const share = 0.01 + (0.98 * k) / (QUANTILES - 1);
    const x = quantile(from, share);
    const last = groups.at(-1);
    const group = last && x - last.x[0] < CLOSEST ? last : { x: [], y: [] };
    if (group !== last) groups.push(group);
    group.x.push(x);
    group.y.push(quantile(to, share));
  }
  return groups;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** `share` of the weight lies below the returned lightness. */
export function quantile(counts: LightnessHistogram, share: number): number {
  const total = totalOf(counts);
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

/** Compresses the steps of ys that rise faster than `maxSlope`, keeping the value at `middle` in place. */
function limitSlopes(xs: number[], ys: number[], maxSlope: number, middle: number): void {
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
