/**
 * Dense optical flow by inverse search (Kroeger et al. 2016, "Fast Optical Flow using Dense Inverse Search"): patches are
 * aligned by inverse compositional steps (Baker, Matthews 2004) from coarse to fine, without their mean; each pixel gets
 * the mean of what the patches over it found, weighted by how well they fit there.
 */
import { createPlane, type Plane } from '../image/picture.ts';

/** What stands at (x, y) of one picture stands at (x + u, y + v) of the other, in px. */
export interface Flow {
  readonly u: Plane;
  readonly v: Plane;
}

/** How finely motion is looked for. */
export interface FlowOptions {
  /** px between the patches of a level; half a patch or less. */
  readonly spacing?: number;
  /** Steps a patch at each level, at most. */
  readonly steps?: number;
  /** A motion that is known from elsewhere, of the pictures' size, NaN where none is: patches begin with it where that fits better. */
  readonly expected?: Flow | null;
}

/** px: edge of a patch. */
const PATCH = 8;
/** A pyramid ends before an edge is shorter (px). */
const SHORTEST = 2 * PATCH;
/** A step shorter than this (px) is the last one of its patch. */
const SETTLED = 0.01;
/** A patch that moves further than this (px) from where its level began is not believed. */
const FURTHEST = PATCH / 2;
/** Squared grey levels a pixel, added to the structure tensor: what is smoother has no motion of its own. */
const STIFFNESS = 0.5;

/** @param from and @param to luma 0..255 of one size */
export function opticalFlow(from: Plane, to: Plane, options: FlowOptions = {}): Flow {
  const levels = pyramidOf(from).map((plane) => ({ from: plane, to: plane }));
  pyramidOf(to).forEach((plane, i) => {
    levels[i] = { ...levels[i], to: plane };
  });
  let flow: Flow | null = null;
  for (const level of levels.reverse()) flow = refine(level.from, level.to, flow, options);
  return flow as Flow;
}

function pyramidOf(plane: Plane): Plane[] {
  const levels = [plane];
  for (let last = plane; Math.min(last.width, last.height) >= 2 * SHORTEST; levels.push(last))
    last = halved(last);
  return levels;
}

/** The mean of every 2 × 2 pixels; an odd row or column at the end is left out. */
export function halved({ width, height, data }: Plane): Plane {
  const out = createPlane(width >> 1, height >> 1);
  for (let y = 0, i = 0; y < out.height; y++) {
    for (let x = 0, k = 2 * y * width; x < out.width; x++, i++, k += 2)
      out.data[i] = (data[k] + data[k + 1] + data[k + width] + data[k + width + 1]) / 4;
  }
  return out;
}

interface Sums {
  readonly u: Float32Array;
  readonly v: Float32Array;
  readonly weight: Float32Array;
}

function refine(
  from: Plane,
  to: Plane,
  coarse: Flow | null,
  { spacing = 4, steps = 12, expected = null }: FlowOptions,
): Flow {
  const { width, height } = from;
  const size = width * height;
  const sums = { u: new Float32Array(size), v: new Float32Array(size), weight: new Float32Array(size) };
  const [patch, other] = [createPatch(), createPatch()];
  for (const y of starts(height, spacing)) {
    for (const x of starts(width, spacing)) {
      const [u, v] = coarse ? guess(coarse, x + PATCH / 2, y + PATCH / 2) : [0, 0];
      const misses = align(patch, from, to, x, y, u, v, steps);
      const [eu, ev] = expected ? expectedAt(expected, from, x + PATCH / 2, y + PATCH / 2) : [u, v];
      // Only where the patch cannot get there by itself; NaN is never further away.
      const isTried = Math.hypot(eu - u, ev - v) > FURTHEST;
      const isBetter = isTried && align(other, from, to, x, y, eu, ev, steps) < misses;
      spread(isBetter ? other : patch, x, y, width, sums);
    }
  }
  const flow = { u: createPlane(width, height), v: createPlane(width, height) };
  for (let i = 0; i < size; i++) {
    flow.u.data[i] = sums.u[i] / sums.weight[i];
    flow.v.data[i] = sums.v[i] / sums.weight[i];
  }
  return flow;
}

/** Where patches begin, the last at the end. */
function starts(length: number, spacing: number): number[] {
  const last = length - PATCH;
  const list: number[] = [];
  for (let at = 0; at < last; at += spacing) list.push(at);
  return [...list, last];
}

/** Twice the flow of the level before. */
function guess({ u, v }: Flow, x: number, y: number): [number, number] {
  const at = Math.min(u.height - 1, y >> 1) * u.width + Math.min(u.width - 1, x >> 1);
  return [2 * u.data[at], 2 * v.data[at]];
}

/** At (x, y) of a level of the pyramid, in its px. */
function expectedAt({ u, v }: Flow, { width }: Plane, x: number, y: number): [number, number] {
  const scale = u.width / width;
  const at =
    Math.min(u.height - 1, Math.floor(y * scale)) * u.width + Math.min(u.width - 1, Math.floor(x * scale));
  return [u.data[at] / scale, v.data[at] / scale];
}

interface Patch {
  readonly dx: Float32Array;
  readonly dy: Float32Array;
  readonly values: Float32Array;
  readonly error: Float32Array;
  u: number;
  v: number;
}

const createPatch = (): Patch => {
  const plane = () => new Float32Array(PATCH * PATCH);
  return { dx: plane(), dy: plane(), values: plane(), error: plane(), u: 0, v: 0 };
};

const COUNT = PATCH * PATCH;

/** Moves a patch from (u, v) to where it fits best; `error` is what then differs. @returns its sum of squares */
function align(
  patch: Patch,
  from: Plane,
  to: Plane,
  x: number,
  y: number,
  u: number,
  v: number,
  steps: number,
): number {
  const { dx, dy, error } = patch;
  const [gx, gy] = readPatch(patch, from, x, y);
  let [xx, xy, yy] = [STIFFNESS * COUNT, 0, STIFFNESS * COUNT];
  for (let i = 0; i < COUNT; i++) {
    dx[i] -= gx;
    dy[i] -= gy;
    xx += dx[i] * dx[i];
    xy += dx[i] * dy[i];
    yy += dy[i] * dy[i];
  }
  const determinant = xx * yy - xy * xy;
  [patch.u, patch.v] = [u, v];
  let before = compare(patch, to, x, y);
  for (let step = 0; step < steps; step++) {
    let [bx, by] = [0, 0];
    for (let i = 0; i < COUNT; i++) {
      bx += dx[i] * error[i];
      by += dy[i] * error[i];
    }
    const [su, sv] = [(yy * bx - xy * by) / determinant, (xx * by - xy * bx) / determinant];
    patch.u -= su;
    patch.v -= sv;
    const isFar = Math.hypot(patch.u - u, patch.v - v) > FURTHEST;
    const now = isFar ? Number.POSITIVE_INFINITY : compare(patch, to, x, y);
    if (now >= before) {
      patch.u += su;
      patch.v += sv;
      return compare(patch, to, x, y);
    }
    before = now;
    if (su * su + sv * sv < SETTLED * SETTLED) break;
  }
  return before;
}

/** Values and central differences of a patch. @returns the mean differences */
function readPatch({ dx, dy, values }: Patch, { width, height, data }: Plane, x: number, y: number) {
  let [sum, gx, gy] = [0, 0, 0];
  for (let j = 0, i = 0; j < PATCH; j++) {
    const row = (y + j) * width;
    const above = y + j > 0 ? width : 0;
    const below = y + j < height - 1 ? width : 0;
    for (let k = 0; k < PATCH; k++, i++) {
      const at = row + x + k;
      const left = x + k > 0 ? 1 : 0;
      const right = x + k < width - 1 ? 1 : 0;
      dx[i] = (data[at + right] - data[at - left]) / 2;
      dy[i] = (data[at + below] - data[at - above]) / 2;
      values[i] = data[at];
      sum += data[at];
      gx += dx[i];
      gy += dy[i];
    }
  }
  const mean = sum / COUNT;
  for (let i = 0; i < COUNT; i++) values[i] -= mean;
  return [gx / COUNT, gy / COUNT];
}

/** The difference to the other picture there, without its mean. @returns its sum of squares */
function compare(
  { values, error, u, v }: Patch,
  { width, height, data }: Plane,
  x: number,
  y: number,
): number {
  const inside = (value: number, size: number) => Math.min(size - 1 - 1e-3, Math.max(0, value));
  // One fraction for all pixels, but where the patch reaches past the picture.
  const [left, top] = [inside(x + u, width - PATCH + 1), inside(y + v, height - PATCH + 1)];
  const [x0, y0] = [left | 0, top | 0];
  const [fx, fy] = [left - x0, top - y0];
  const right = x0 + PATCH < width ? 1 : 0;
  const below = y0 + PATCH < height ? width : 0;
  const [a, b, c, d] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
  let sum = 0;
  for (let j = 0, i = 0; j < PATCH; j++) {
    let at = (y0 + j) * width + x0;
    const down = j < PATCH - 1 ? width : below;
    for (let k = 0; k < PATCH; k++, i++, at++) {
      const next = k < PATCH - 1 ? 1 : right;
      const value = a * data[at] + b * data[at + next] + c * data[at + down] + d * data[at + down + next];
      error[i] = value - values[i];
      sum += error[i];
    }
  }
  const mean = sum / COUNT;
  let squares = 0;
  for (let i = 0; i < COUNT; i++) {
    error[i] -= mean;
    squares += error[i] * error[i];
  }
  return squares;
}

function spread({ u, v, error }: Patch, x: number, y: number, width: number, sums: Sums): void {
  for (let j = 0, i = 0; j < PATCH; j++) {
    let at = (y + j) * width + x;
    for (let k = 0; k < PATCH; k++, i++, at++) {
      const weight = 1 / Math.max(1, Math.abs(error[i]));
      sums.u[at] += weight * u;
      sums.v[at] += weight * v;
      sums.weight[at] += weight;
    }
  }
}
