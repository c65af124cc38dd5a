/** Cubic spline interpolation: sharper than cubic convolution at the same sixteen samples a pixel. */
import { createPlane, type Plane } from '../image/picture.ts';

/** Pole of the recursive filter (Unser 1999, "Splines: a perfect fit for signal and image processing"). */
const POLE = Math.sqrt(3) - 2;
/** Samples after which a pole's power is nothing. */
const HORIZON = 16;

/** The coefficients of the cubic spline through a plane's pixels, mirrored at the borders. */
export function splineCoefficients({ width, height, data }: Plane): Plane {
  const out = createPlane(width, height);
  out.data.set(data);
  for (let y = 0; y < height; y++) filterRow(out.data.subarray(y * width, (y + 1) * width));
  filterColumns(out.data, width, height);
  return out;
}

function filterRow(c: Float32Array): void {
  const last = c.length - 1;
  if (last < 1) return;
  let first = c[0];
  for (let k = 1, power = POLE; k <= Math.min(HORIZON, last); k++, power *= POLE) first += power * c[k];
  c[0] = 6 * first;
  for (let i = 1; i <= last; i++) c[i] = 6 * c[i] + POLE * c[i - 1];
  c[last] = (POLE / (POLE * POLE - 1)) * (c[last] + POLE * c[last - 1]);
  for (let i = last - 1; i >= 0; i--) c[i] = POLE * (c[i + 1] - c[i]);
}

/** The same down whole rows at once, so that memory is read in order. */
function filterColumns(c: Float32Array, width: number, height: number): void {
  if (height < 2) return;
  const row = (y: number) => c.subarray(y * width, (y + 1) * width);
  const first = row(0).slice();
  for (let k = 1, power = POLE; k <= Math.min(HORIZON, height - 1); k++, power *= POLE) {
    const r = row(k);
    for (let x = 0; x < width; x++) first[x] += power * r[x];
  }
  for (let x = 0; x < width; x++) c[x] = 6 * first[x];
  for (let y = 1; y < height; y++) {
    const [r, above] = [row(y), row(y - 1)];
    for (let x = 0; x < width; x++) r[x] = 6 * r[x] + POLE * above[x];
  }
  const [end, before] = [row(height - 1), row(height - 2)];
  for (let x = 0; x < width; x++) end[x] = (POLE / (POLE * POLE - 1)) * (end[x] + POLE * before[x]);
  for (let y = height - 2; y >= 0; y--) {
    const [r, below] = [row(y), row(y + 1)];
    for (let x = 0; x < width; x++) r[x] = POLE * (below[x] - r[x]);
  }
}

/** Where samples are taken: weights of a cubic B-spline for 4 × 4 coefficients from `at` on. */
export interface SplineTap {
  at: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** A tap, to be placed before it is read. */
export const createTap = (): SplineTap => ({ at: 0, x: new Float32Array(4), y: new Float32Array(4) });

/**
 * Places a tap, moved inside where it would reach past the plane.
 * @param u px from the middle of the first pixel to the right
 * @param v px from the middle of the first pixel down
 */
export function placeTap(tap: SplineTap, { width, height }: Plane, u: number, v: number): void {
  const x = Math.min(width - 2.0001, Math.max(1, u));
  const y = Math.min(height - 2.0001, Math.max(1, v));
  tap.at = ((y | 0) - 1) * width + (x | 0) - 1;
  weigh(tap.x, x - (x | 0));
  weigh(tap.y, y - (y | 0));
}

function weigh(w: Float32Array, t: number): void {
  const s = 1 - t;
  w[0] = (s * s * s) / 6;
  w[1] = 2 / 3 - t * t * (1 - t / 2);
  w[2] = 2 / 3 - s * s * (1 - s / 2);
  w[3] = (t * t * t) / 6;
}

/** A spline's value at a tap. @returns in the unit of the plane the coefficients are of */
export function readTap({ at, x, y }: SplineTap, { width, data }: Plane): number {
  let sum = 0;
  for (let j = 0, i = at; j < 4; j++, i += width)
    sum += y[j] * (x[0] * data[i] + x[1] * data[i + 1] + x[2] * data[i + 2] + x[3] * data[i + 3]);
  return sum;
}
