import type { Plane } from '../../../models/image/picture.ts';
import { type Field, tracePath } from './field.ts';
import type { Point } from './stroke.ts';

export interface Contour {
  readonly path: readonly Point[];
  /** Mean of the line plane along it. */
  readonly strength: number;
}

/**
 * Strokes along the ridges of a line plane, strongest first, none beside another.
 * @param high, low values at which a stroke may begin, and down to which it goes on
 * @param gap px that stay free around a stroke
 */
export function traceContours(
  lines: Plane,
  field: Field,
  {
    high,
    low,
    shortest,
    gap,
    longest,
  }: { high: number; low: number; shortest: number; gap: number; longest: number },
): Contour[] {
  const { width, data } = lines;
  const taken = new Uint8Array(data.length);
  const seeds = [...data.keys()].filter((i) => data[i] > high).sort((a, b) => data[b] - data[a] || a - b);
  const contours: Contour[] = [];
  for (const seed of seeds) {
    if (taken[seed]) continue;
    const start: Point = [(seed % width) + 0.5, Math.floor(seed / width) + 0.5];
    const path = tracePath(field, start, longest, 1.5, (i) => data[i] > low && !taken[i]).map((p) =>
      toRidge(p, lines, field),
    );
    for (const p of path) occupy(p, gap, taken, lines);
    if (path.length * 1.5 < shortest) continue;
    contours.push({ path: settle(path), strength: meanAlong(path, lines) });
  }
  return contours;
}

/** The strongest place within 2 px across the path. */
function toRidge([x, y]: Point, { width, height, data }: Plane, field: Field): Point {
  let best: Point = [x, y];
  let strongest = -Infinity;
  const i = Math.floor(y) * width + Math.floor(x);
  const [nx, ny] = [-field.y.data[i], field.x.data[i]];
  for (let k = -2; k <= 2; k += 0.5) {
    const [px, py] = [x + k * nx, y + k * ny];
    if (px < 0 || py < 0 || px >= width || py >= height) continue;
    const value = data[Math.floor(py) * width + Math.floor(px)] - 0.02 * Math.abs(k);
    if (value > strongest) [strongest, best] = [value, [px, py]];
  }
  return best;
}

function occupy([x, y]: Point, gap: number, taken: Uint8Array, { width, height }: Plane): void {
  const [cx, cy] = [Math.floor(x), Math.floor(y)];
  for (let py = Math.max(0, cy - gap); py <= Math.min(height - 1, cy + gap); py++) {
    for (let px = Math.max(0, cx - gap); px <= Math.min(width - 1, cx + gap); px++)
      taken[py * width + px] = 1;
  }
}

/** Without the pixel grid's tremor. */
function settle(path: readonly Point[]): Point[] {
  const reach = 4;
  return path.map((_, k) => {
    const near = path.slice(Math.max(0, k - reach), k + reach + 1);
    const own = Math.min(k, path.length - 1 - k, reach);
    const part = near.slice(near.length > 2 * own ? Math.min(k, reach) - own : 0).slice(0, 2 * own + 1);
    return [0, 1].map((c) => part.reduce((sum, p) => sum + p[c], 0) / part.length) as unknown as Point;
  });
}

const meanAlong = (path: readonly Point[], { width, data }: Plane): number =>
  path.reduce((sum, [x, y]) => sum + data[Math.floor(y) * width + Math.floor(x)], 0) / path.length;
