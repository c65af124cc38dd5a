/** The painting of one canvas brought to the one that replaces it. */
import type { Rect } from '../image/picture.ts';
import type { ReferenceView } from '../stylize/reference-view.ts';
import { matchAt, type PaintTarget } from '../synthesis/painter.ts';
import type { PaintState } from '../synthesis/repaint.ts';
import { eachMapped, mapPoint, type NodeMap } from './node-map.ts';

/** What of a view of the reference tells where its pixels are in another one. */
export type Placing = Pick<ReferenceView, 'landmarks'>;

/** A painting on one canvas, and that canvas's place in the picture. */
export interface Placed {
  readonly state: PaintState;
  readonly width: number;
  readonly height: number;
  /** Of the picture into the canvas. */
  readonly inverse: NodeMap;
  /** What it was painted from. */
  readonly view: Placing;
}

/**
 * What the painting of one canvas is on another one: each pixel gets the nearest match, brought to where the other view
 * shows the same, and where there was none the guided one.
 * @param map of the new canvas into the picture
 */
export function carryState(
  { state, width, height, inverse, view }: Placed,
  map: NodeMap,
  { positions, region }: PaintTarget,
  next: Placing,
  source: { readonly width: number; readonly height: number },
): PaintState {
  const size = { sourceWidth: source.width, sourceHeight: source.height };
  const { a, b, x: left, y: top } = similarityBetween(view.landmarks, next.landmarks);
  const count = region.length;
  const carried = {
    field: new Int32Array(count),
    energies: new Float32Array(count),
    region: new Uint8Array(count),
  };
  eachMapped(map, (u, v, i) => {
    const [px, py] = isInside(inverse.rect, u, v) ? mapPoint(inverse, u, v) : [-1, -1];
    const [x, y] = [Math.round(px), Math.round(py)];
    const k = y * width + x;
    const isKnown = x >= 0 && y >= 0 && x < width && y < height && state.region[k] === 1;
    if (!isKnown) {
      carried.field[i] = matchAt(size, Math.round(positions.x.data[i]), Math.round(positions.y.data[i]));
      return;
    }
    // Neighbours that showed neighbours still do, although several may have the same nearest pixel.
    const [qx, qy] = [(state.field[k] & 0xffff) + px - x, (state.field[k] >>> 16) + py - y];
    carried.field[i] = matchAt(size, Math.round(a * qx - b * qy + left), Math.round(b * qx + a * qy + top));
    carried.energies[i] = state.energies[k];
    carried.region[i] = 1;
  });
  return carried;
}

const isInside = ({ x, y, width, height }: Rect, u: number, v: number): boolean =>
  u >= x && v >= y && u <= x + width - 1 && v <= y + height - 1;

/** Pixel (x, y) of one view is pixel (a x − b y + x₀, b x + a y + y₀) of another. @param from and @param to 468 · 3 coordinates */
function similarityBetween(from: Float32Array, to: Float32Array) {
  const mean = (points: Float32Array, axis: number) => {
    let sum = 0;
    for (let i = axis; i < points.length; i += 3) sum += points[i] - 0.5;
    return (3 * sum) / points.length;
  };
  const [fx, fy, tx, ty] = [mean(from, 0), mean(from, 1), mean(to, 0), mean(to, 1)];
  let [real, imaginary, norm] = [0, 0, 0];
  for (let i = 0; i < from.length; i += 3) {
    const [dx, dy] = [from[i] - 0.5 - fx, from[i + 1] - 0.5 - fy];
    const [ex, ey] = [to[i] - 0.5 - tx, to[i + 1] - 0.5 - ty];
    real += dx * ex + dy * ey;
    imaginary += dx * ey - dy * ex;
    norm += dx * dx + dy * dy;
  }
  const [a, b] = [real / norm, imaginary / norm];
  return { a, b, x: tx - a * fx + b * fy, y: ty - b * fx - a * fy };
}
