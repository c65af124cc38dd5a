/** Where one shot ends and another begins. */
import type { Picture } from '../image/picture.ts';

/** Bins a channel of the colour histogram. */
const BINS = 8;
/** Pixels looked at, about. */
const SAMPLES = 20000;
/** Share of the pixels that has changed its bin, above which it is another shot. */
const CUT = 0.5;
/** A cut also changes this many times more than the pictures before it: fast motion is no cut. */
const OUTSTANDING = 3;

/** Shares of the colours of a picture. */
export function colourHistogram({ data }: Picture): Float32Array {
  const histogram = new Float32Array(BINS ** 3);
  const pixels = data.length / 4;
  const step = Math.max(1, Math.floor(pixels / SAMPLES));
  let count = 0;
  for (let i = 0; i < pixels; i += step, count++) {
    const [r, g, b] = [data[4 * i] >> 5, data[4 * i + 1] >> 5, data[4 * i + 2] >> 5];
    histogram[(r * BINS + g) * BINS + b]++;
  }
  for (let i = 0; i < histogram.length; i++) histogram[i] /= count;
  return histogram;
}

/** Tells cuts in pictures that come one after the other. */
export class CutDetector {
  #before: Float32Array | null = null;
  #usual = 0;

  /** Whether this picture begins a new shot; the first one does. */
  next(picture: Picture): boolean {
    const now = colourHistogram(picture);
    const before = this.#before;
    this.#before = now;
    if (!before) return true;
    let moved = 0;
    for (let i = 0; i < now.length; i++) moved += Math.abs(now[i] - before[i]) / 2;
    const isCut = moved > CUT && moved > OUTSTANDING * this.#usual;
    this.#usual = isCut ? 0 : this.#usual + 0.2 * (moved - this.#usual);
    return isCut;
  }
}
