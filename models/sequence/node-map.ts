/** Smooth maps between two pictures, kept at nodes and linear in between. */
import { createPlane, type Plane, type Rect } from '../image/picture.ts';

/** px between nodes. */
export const NODE = 4;

/**
 * For the pixels of `rect` positions (px) in another picture; node (i, j) is at (rect.x + i · NODE, rect.y + j · NODE).
 * Pixel centres lie at whole numbers in both.
 */
export interface NodeMap {
  readonly rect: Rect;
  readonly x: Plane;
  readonly y: Plane;
}

/** @param at the position that a node at (x, y) maps to */
export function createNodeMap(rect: Rect, at: (x: number, y: number) => readonly [number, number]): NodeMap {
  const columns = Math.ceil(rect.width / NODE) + 1;
  const rows = Math.ceil(rect.height / NODE) + 1;
  const map = { rect, x: createPlane(columns, rows), y: createPlane(columns, rows) };
  for (let j = 0, i = 0; j < rows; j++) {
    for (let k = 0; k < columns; k++, i++)
      [map.x.data[i], map.y.data[i]] = at(rect.x + k * NODE, rect.y + j * NODE);
  }
  return map;
}

/** A plane's value at (x, y) px, the nearest inside. */
export function readLinear({ width, height, data }: Plane, x: number, y: number): number {
  const u = x <= 0 ? 0 : x >= width - 1 ? width - 1.0001 : x;
  const v = y <= 0 ? 0 : y >= height - 1 ? height - 1.0001 : y;
  const [x0, y0] = [u | 0, v | 0];
  const [fx, fy] = [u - x0, v - y0];
  const i = y0 * width + x0;
  const above = data[i] + fx * (data[i + 1] - data[i]);
  const below = data[i + width] + fx * (data[i + width + 1] - data[i + width]);
  return above + fy * (below - above);
}

/** Where the map leads from (x, y). */
export const mapPoint = ({ rect, x: mx, y: my }: NodeMap, x: number, y: number): [number, number] => {
  const [u, v] = [(x - rect.x) / NODE, (y - rect.y) / NODE];
  return [readLinear(mx, u, v), readLinear(my, u, v)];
};

/** Calls `visit` for each pixel of the map's rectangle, row by row, with where it leads. */
export function eachMapped({ rect, x, y }: NodeMap, visit: (u: number, v: number, i: number) => void): void {
  const { width, height } = rect;
  const columns = x.width;
  for (let row = 0, i = 0; row < height; row++) {
    const j = Math.floor(row / NODE);
    const fy = row / NODE - j;
    const upper = j * columns;
    const lower = fy === 0 ? upper : upper + columns;
    for (let left = 0, k = 0; left < width; left += NODE, k++) {
      const [a, b] = [upper + k, lower + k];
      const u0 = x.data[a] + fy * (x.data[b] - x.data[a]);
      const u1 = x.data[a + 1] + fy * (x.data[b + 1] - x.data[a + 1]);
      const v0 = y.data[a] + fy * (y.data[b] - y.data[a]);
      const v1 = y.data[a + 1] + fy * (y.data[b + 1] - y.data[a + 1]);
      const end = Math.min(NODE, width - left);
      for (let c = 0; c < end; c++, i++) visit(u0 + (c / NODE) * (u1 - u0), v0 + (c / NODE) * (v1 - v0), i);
    }
  }
}

/** Steps of Newton's method, at most; most places take two or three. */
const STEPS = 12;
/** Squared px of error at which a place is found. */
const FOUND = 1e-6;
/** Where the map is pressed together to less than this share of its area, a step is that of the whole map. */
const FLAT = 0.1;

/**
 * The inverse of a map for the pixels of `rect`, by Newton's method from where it was in the last picture, or from the similarity that
 * the map is nearest to. Places that the map never reaches get the nearest it has beyond its edge.
 */
export function invertMap(map: NodeMap, rect: Rect, guess: NodeMap | null): NodeMap {
  const { a, b } = similarityOf(map);
  const norm = a * a + b * b;
  const [centreX, centreY] = [map.rect.x + map.rect.width / 2, map.rect.y + map.rect.height / 2];
  const [toX, toY] = mapPoint(map, centreX, centreY);
  return createNodeMap(rect, (x, y) => {
    let [u, v] = guess
      ? mapPoint(guess, x, y)
      : [centreX + (a * (x - toX) + b * (y - toY)) / norm, centreY + (a * (y - toY) - b * (x - toX)) / norm];
    let best = { u, v, error: Number.POSITIVE_INFINITY };
    for (let step = 0; step < STEPS && best.error > FOUND; step++) {
      const [px, py] = extrapolate(map, u, v, a, b);
      const [ex, ey] = [x - px, y - py];
      const error = ex * ex + ey * ey;
      if (error < best.error) best = { u, v, error };
      const [ux, uy] = extrapolate(map, u + NODE / 2, v, a, b);
      const [vx, vy] = extrapolate(map, u, v + NODE / 2, a, b);
      const [xu, yu, xv, yv] = [ux - px, uy - py, vx - px, vy - py].map((d) => d / (NODE / 2));
      const determinant = xu * yv - xv * yu;
      const isFlat = determinant < FLAT * norm;
      const du = isFlat ? (a * ex + b * ey) / norm : (yv * ex - xv * ey) / determinant;
      const dv = isFlat ? (a * ey - b * ex) / norm : (xu * ey - yu * ex) / determinant;
      // Half a step where the last one led away.
      const share = error > best.error ? 0.5 : 1;
      u += share * du;
      v += share * dv;
    }
    return [best.u, best.v];
  });
}

/** As `mapPoint`, and beyond the edge by the similarity. */
function extrapolate(map: NodeMap, u: number, v: number, a: number, b: number): [number, number] {
  const { rect } = map;
  const inU = Math.min(rect.x + rect.width, Math.max(rect.x, u));
  const inV = Math.min(rect.y + rect.height, Math.max(rect.y, v));
  const [x, y] = mapPoint(map, inU, inV);
  return [x + a * (u - inU) - b * (v - inV), y + b * (u - inU) + a * (v - inV)];
}

/** The similarity (x, y) → (a x − b y, b x + a y) + const that is nearest to a map. */
export function similarityOf({ x, y }: NodeMap): { a: number; b: number } {
  const { width, height } = x;
  const mean = (plane: Plane) => plane.data.reduce((sum, value) => sum + value, 0) / plane.data.length;
  const [mx, my] = [mean(x), mean(y)];
  let [real, imaginary, norm] = [0, 0, 0];
  for (let j = 0, i = 0; j < height; j++) {
    const dy = (j - (height - 1) / 2) * NODE;
    for (let k = 0; k < width; k++, i++) {
      const dx = (k - (width - 1) / 2) * NODE;
      const [px, py] = [x.data[i] - mx, y.data[i] - my];
      real += dx * px + dy * py;
      imaginary += dx * py - dy * px;
      norm += dx * dx + dy * dy;
    }
  }
  return { a: real / norm, b: imaginary / norm };
}
