/**
 * When a head has turned too far for its canvas, which would stretch, the person gets a new one: matches are carried over,
 * and the old canvas fades away while it still moves along.
 */
import type { Layer } from '../composite/compose.ts';
import type { LabPlanes } from '../image/colour.ts';
import { createPlane, type Picture, type Plane, type Rect } from '../image/picture.ts';
import { poseGap } from '../stylize/pose.ts';
import { matchAt, type PaintTarget } from '../synthesis/painter.ts';
import type { PaintState } from '../synthesis/repaint.ts';
import { moveMap, type ScaledFlow } from './carry.ts';
import { eachMapped, invertMap, mapPoint, NODE, type NodeMap, similarityOf } from './node-map.ts';
import { reachOf, type Shown, warpOut } from './warp.ts';

/** Degrees by which a head may turn or nod away from how its canvas shows it. */
const TURNED = 20;
/** Stretch against the whole canvas's, either way, of more than SHARE of the face, that is too much. */
const STRETCH = 1.5;
const SHARE = 0.15;
/** Eye distances over which stretch is told: what bends more finely is an expression, or noise of the flow. */
const SPAN = 0.4;
/** Pictures in which the old canvas fades away. */
const FADE = 4;

/**
 * Whether a canvas no longer fits its person.
 * @param key landmarks when the canvas was made, @param now landmarks
 * @param face 0..1, at the map's nodes
 * @param interocular px of the canvas
 */
export const hasTurned = (
  key: Float32Array,
  now: Float32Array,
  map: NodeMap,
  face: Plane,
  interocular: number,
): boolean => poseGap(key, now) > TURNED || stretchedShare(map, face, interocular) > SHARE;

/** Share of the face that is wider or narrower, in any direction, by STRETCH than the map is on the whole. */
function stretchedShare({ x, y, rect }: NodeMap, face: Plane, interocular: number): number {
  const { a, b } = similarityOf({ x, y, rect });
  const span = Math.max(1, Math.round((SPAN * interocular) / NODE));
  const usual = span * NODE * Math.hypot(a, b);
  const { width, height } = x;
  let [stretched, all] = [0, 0];
  for (let j = 0; j < height - span; j++) {
    for (let k = 0, i = j * width; k < width - span; k++, i++) {
      const [right, below] = [i + span, i + span * width];
      if (face.data[i] < 0.5 || face.data[right] < 0.5 || face.data[below] < 0.5) continue;
      all++;
      const along = (plane: Plane, to: number) => plane.data[to] - plane.data[i];
      const [most, least] = singularValues(
        along(x, right),
        along(x, below),
        along(y, right),
        along(y, below),
      );
      if (most > STRETCH * usual || least < usual / STRETCH) stretched++;
    }
  }
  return stretched / Math.max(1, all);
}

/** Of the matrix (a b; c d), largest first. */
function singularValues(a: number, b: number, c: number, d: number): [number, number] {
  const [sum, difference] = [Math.hypot(a + d, b - c), Math.hypot(a - d, b + c)];
  return [(sum + difference) / 2, Math.abs(sum - difference) / 2];
}

/** A painting on one canvas, and that canvas's place in the picture. */
export interface Placed {
  readonly state: PaintState;
  readonly width: number;
  readonly height: number;
  /** Of the picture into the canvas. */
  readonly inverse: NodeMap;
}

/**
 * What the painting of one canvas is on another one: each pixel gets the nearest match, and where there was none the
 * guided one.
 * @param map of the new canvas into the picture
 */
export function carryState(
  { state, width, height, inverse }: Placed,
  map: NodeMap,
  { positions, region }: PaintTarget,
  source: { readonly width: number; readonly height: number },
): PaintState {
  const size = { sourceWidth: source.width, sourceHeight: source.height };
  const count = region.length;
  const carried = {
    field: new Int32Array(count),
    placed: new Float32Array(count).fill(Number.NaN),
    region: new Uint8Array(count),
  };
  eachMapped(map, (u, v, i) => {
    const at = isInside(inverse.rect, u, v) ? mapPoint(inverse, u, v) : null;
    const [x, y] = at ? at.map(Math.round) : [-1, -1];
    const isKnown = x >= 0 && y >= 0 && x < width && y < height && state.region[y * width + x] === 1;
    if (!isKnown) {
      carried.field[i] = matchAt(size, Math.round(positions.x.data[i]), Math.round(positions.y.data[i]));
      return;
    }
    const k = y * width + x;
    carried.field[i] = state.field[k];
    carried.placed[i] = state.placed[k];
    carried.region[i] = 1;
  });
  return carried;
}

const isInside = ({ x, y, width, height }: Rect, u: number, v: number): boolean =>
  u >= x && v >= y && u <= x + width - 1 && v <= y + height - 1;

/** The canvas before the last one. */
export interface Leaving {
  readonly shown: Shown;
  readonly map: NodeMap;
  readonly inverse: NodeMap;
  /** 0..1, at the map's nodes. */
  readonly matte: Plane;
  /** px */
  readonly interocular: number;
  /** Pictures in which it is still seen, this one among them. */
  readonly left: number;
}

export const leave = (canvas: Omit<Leaving, 'left'>): Leaving => ({ ...canvas, left: FADE });

/** In the next picture; null once it is gone. */
export function moveLeaving(leaving: Leaving | null, motion: ScaledFlow, portrait: Picture): Leaving | null {
  if (!leaving || leaving.left <= 1) return null;
  const map = moveMap(leaving.map, motion, leaving.matte, leaving.interocular);
  const inverse = invertMap(map, reachOf(map, portrait), leaving.inverse);
  return { ...leaving, map, inverse, left: leaving.left - 1 };
}

/** The canvas that is leaving shows through the new one, less in each picture. */
export function fade(layer: Layer, { shown, inverse, left }: Leaving): Layer {
  return mixLayers(layer, warpOut(shown, inverse), left / (FADE + 1));
}

/** Layers of whole pixels of the portrait. @param share 0..1, of the second one */
function mixLayers(a: Layer, b: Layer, share: number): Layer {
  const rect = union(a.rect, b.rect);
  const plane = () => createPlane(rect.width, rect.height);
  const lab: LabPlanes = { l: plane(), a: plane(), b: plane() };
  const alpha = plane();
  for (const [layer, weight] of [
    [a, 1 - share],
    [b, share],
  ] as const)
    addTo(lab, alpha, rect, layer, weight);
  for (let i = 0; i < alpha.data.length; i++) {
    const all = Math.max(1e-6, alpha.data[i]);
    for (const channel of [lab.l, lab.a, lab.b]) channel.data[i] /= all;
  }
  return { lab, rect, alpha, alphaRect: rect };
}

function addTo(sum: LabPlanes, alpha: Plane, rect: Rect, layer: Layer, weight: number): void {
  const { x, y, width, height } = layer.rect;
  for (let row = 0, i = 0; row < height; row++) {
    let k = (row + y - rect.y) * rect.width + x - rect.x;
    for (let column = 0; column < width; column++, i++, k++) {
      const share = weight * layer.alpha.data[i];
      alpha.data[k] += share;
      sum.l.data[k] += share * layer.lab.l.data[i];
      sum.a.data[k] += share * layer.lab.a.data[i];
      sum.b.data[k] += share * layer.lab.b.data[i];
    }
  }
}

function union(a: Rect, b: Rect): Rect {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const [right, bottom] = [Math.max(a.x + a.width, b.x + b.width), Math.max(a.y + a.height, b.y + b.height)];
  return { x, y, width: right - x, height: bottom - y };
}
