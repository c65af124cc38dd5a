/** A canvas that another one has replaced fades away while it still moves along. */
import type { Layer } from '../composite/compose.ts';
import type { LabPlanes } from '../image/colour.ts';
import { createPlane, type Picture, type Plane, type Rect } from '../image/picture.ts';
import { moveMap, type ScaledFlow } from './carry.ts';
import { invertMap, type NodeMap } from './node-map.ts';
import { reachOf, type Shown, warpOut } from './warp.ts';

/** Pictures in which it fades away. */
const FADE = 4;

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
