/** The painting of one canvas brought to the one that replaces it. */
import type { Rect } from '../image/picture.ts';
import type { ReferenceView } from '../stylize/reference-view.ts';
import { matchAt } from '../synthesis/painter.ts';
import type { PaintState } from '../synthesis/repaint.ts';
import { eachMapped, mapPoint, type NodeMap } from './node-map.ts';
import { similarityBetween } from './similarity.ts';

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
 * shows the same; where there was none, the region is 0.
 * @param map of the new canvas into the picture
 */
export function carryState(
  { state, width, height, inverse, view }: Placed,
  map: NodeMap,
  next: Placing,
  source: { readonly width: number; readonly height: number },
): PaintState {
  const size = { sourceWidth: source.width, sourceHeight: source.height };
  const { a, b, x: left, y: top } = similarityBetween(view.landmarks, next.landmarks);
  const count = map.rect.width * map.rect.height;
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
    if (!isKnown) return;
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
