/** Pictures, planes and points from a portrait to the canvas that moves along with a person, and back. */
import type { Layer } from '../composite/compose.ts';
import type { LabPlanes } from '../image/colour.ts';
import { createPicture, createPlane, type Picture, type Plane, type Rect } from '../image/picture.ts';
import { resamplePicture } from '../image/resize.ts';
import { eachMapped, mapPoint, NODE, type NodeMap, readLinear } from './node-map.ts';
import { createTap, placeTap, readTap, splineCoefficients } from './spline.ts';

/** A painting as splines. */
export interface Shown {
  readonly lab: LabPlanes;
  readonly alpha: Plane;
}

/** A plane of the canvas at the nodes of its map. */
export function atNodes(plane: Plane, { x }: NodeMap): Plane {
  const out = createPlane(x.width, x.height);
  for (let j = 0, i = 0; j < out.height; j++) {
    const row = Math.min(plane.height - 1, j * NODE) * plane.width;
    for (let k = 0; k < out.width; k++, i++)
      out.data[i] = plane.data[row + Math.min(plane.width - 1, k * NODE)];
  }
  return out;
}

/** The whole pixels of a portrait that a map reaches. */
export function reachOf({ x, y }: NodeMap, { width, height }: Picture): Rect {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let i = 0; i < x.data.length; i++) {
    left = Math.min(left, x.data[i]);
    right = Math.max(right, x.data[i]);
    top = Math.min(top, y.data[i]);
    bottom = Math.max(bottom, y.data[i]);
  }
  const [x0, y0] = [Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top))];
  return {
    x: x0,
    y: y0,
    width: Math.max(1, Math.min(width, Math.ceil(right) + 1) - x0),
    height: Math.max(1, Math.min(height, Math.ceil(bottom) + 1) - y0),
  };
}

/** 468 · 3 coordinates from a portrait to the canvas. */
export function canvasLandmarks(landmarks: Float32Array, inverse: NodeMap, scale: number): Float32Array {
  const out = landmarks.map((value) => value * scale);
  for (let i = 0; i < out.length; i += 3) {
    const [x, y] = mapPoint(inverse, landmarks[i] - 0.5, landmarks[i + 1] - 0.5);
    out[i] = x + 0.5;
    out[i + 1] = y + 0.5;
  }
  return out;
}

/** A portrait as its canvas shows it; shrunk first where that is smaller. */
export function warpIn(portrait: Picture, map: NodeMap, scale: number): Picture {
  const [width, height] = [portrait.width, portrait.height].map((edge) => Math.ceil(edge * scale));
  const rect = { x: 0, y: 0, width: width / scale, height: height / scale };
  const source = scale === 1 ? portrait : resamplePicture(portrait, rect, width, height);
  const out = createPicture(map.rect.width, map.rect.height);
  const channels = [0, 1, 2].map((c) => splineCoefficients(channelOf(source, c)));
  const tap = createTap();
  eachMapped(map, (u, v, i) => {
    const x = mirrored((u + 0.5) * scale - 0.5, source.width);
    const y = mirrored((v + 0.5) * scale - 0.5, source.height);
    placeTap(tap, channels[0], x, y);
    for (let c = 0; c < 3; c++) out.data[4 * i + c] = readTap(tap, channels[c]);
    out.data[4 * i + 3] = 255;
  });
  return out;
}

function channelOf({ width, height, data }: Picture, channel: number): Plane {
  const out = createPlane(width, height);
  for (let i = 0, k = channel; i < out.data.length; i++, k += 4) out.data[i] = data[k];
  return out;
}

/** Beyond the border a picture is mirrored, as for a still. */
function mirrored(x: number, size: number): number {
  const folded = x < 0 ? -x - 1 : x > size - 1 ? 2 * size - 1 - x : x;
  return Math.min(size - 1.0001, Math.max(0, folded));
}

export function warpPlane(plane: Plane, map: NodeMap): Plane {
  const out = createPlane(map.rect.width, map.rect.height);
  eachMapped(map, (u, v, i) => {
    out.data[i] = readLinear(plane, mirrored(u, plane.width), mirrored(v, plane.height));
  });
  return out;
}

/** What a canvas shows where it is in the portrait. */
export function warpOut({ lab: { l, a, b }, alpha }: Shown, inverse: NodeMap): Layer {
  const { rect } = inverse;
  const out = {
    l: createPlane(rect.width, rect.height),
    a: createPlane(rect.width, rect.height),
    b: createPlane(rect.width, rect.height),
  };
  const cover = createPlane(rect.width, rect.height);
  const tap = createTap();
  const [right, bottom] = [alpha.width - 1, alpha.height - 1];
  eachMapped(inverse, (u, v, i) => {
    if (u < 0 || v < 0 || u > right || v > bottom) return;
    const share = readLinear(alpha, u, v);
    if (share <= 0) return;
    cover.data[i] = Math.min(1, share);
    placeTap(tap, l, u, v);
    out.l.data[i] = readTap(tap, l);
    out.a.data[i] = readTap(tap, a);
    out.b.data[i] = readTap(tap, b);
  });
  return { lab: out, rect, alpha: cover, alphaRect: rect };
}
