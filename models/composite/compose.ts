/** Puts painted people, what stands behind them and the portrait's own pixels together, at the portrait's size. */
import { type LabPlanes, labPlanes, mapLab, pictureFromLab } from '../image/colour.ts';
import { createPicture, createPlane, type Picture, type Plane, type Rect } from '../image/picture.ts';
import { resamplePlane } from '../image/resize.ts';

/** Painted colours and how much of each pixel they cover; both are resampled to where they go. */
export interface Layer {
  readonly lab: LabPlanes;
  /** What `lab` shows, in pixels of the portrait; edges need not be whole numbers. */
  readonly rect: Rect;
  /** 0..1 */
  readonly alpha: Plane;
  readonly alphaRect: Rect;
}

/** What stands behind people, and where (0..1) it replaces what a portrait shows; enlarged to the portrait. */
export interface Ground {
  readonly lab: LabPlanes;
  /** Null: everywhere. */
  readonly cover: Plane | null;
}

export interface Composition {
  readonly layers: readonly Layer[];
  /** Null keeps the portrait's own background. */
  readonly ground: Ground | null;
  /** Leaves the background out instead. */
  readonly transparent: boolean;
  /** 0..1: how much of the result is not the portrait. */
  readonly strength: number;
}

/** Rows worked on at a time, so that memory hardly grows with the picture. */
const BAND = 128;

/** The result, of the portrait's size: layers over the ground, mixed in by strength. */
export function compose(portrait: Picture, composition: Composition): Picture {
  const out = createPicture(portrait.width, portrait.height);
  for (let top = 0; top < portrait.height; top += BAND) {
    composeBand(portrait, composition, top, Math.min(BAND, portrait.height - top), out);
  }
  return out;
}

const CHANNELS = ['l', 'a', 'b'] as const;

function composeBand(
  portrait: Picture,
  { layers, ground, transparent, strength }: Composition,
  top: number,
  rows: number,
  out: Picture,
): void {
  const { width } = portrait;
  const pixels = portrait.data.subarray(top * width * 4, (top + rows) * width * 4);
  // Nothing is seen of the portrait itself where there is another ground everywhere.
  const hiding =
    ground && !ground.cover && strength === 1 && !transparent
      ? readGround(ground.lab, portrait, top, rows)
      : null;
  const own = hiding ?? labPlanes({ width, height: rows, data: pixels });
  const plane = () => createPlane(width, rows);
  const sum = { l: plane(), a: plane(), b: plane() };
  const covered = plane();
  for (const layer of layers) addLayer(layer, top, sum, covered);
  const behind = hiding ?? (ground ? standBehind(ground, own, portrait, top) : own);
  for (const channel of CHANNELS) {
    const [s, b, o] = [sum[channel].data, behind[channel].data, own[channel].data];
    for (let i = 0; i < s.length; i++) {
      const m = covered.data[i];
      // Behind nothing, the person's colour goes on to the faintest edge, so that no fringe shows on a new ground.
      const mixed = m >= 1 ? s[i] / m : transparent ? (m > 0 ? s[i] / m : o[i]) : s[i] + (1 - m) * b[i];
      s[i] = o[i] + strength * (mixed - o[i]);
    }
  }
  const { data } = pictureFromLab(sum);
  for (let i = 0, k = 3; i < covered.data.length; i++, k += 4) {
    data[k] = transparent ? pixels[k] * Math.min(1, covered.data[i]) : pixels[k];
  }
  out.data.set(data, top * width * 4);
}

/** Adds a layer, weighted by its alpha, to the rows from `top` on of the sums. */
function addLayer({ lab, rect, alpha, alphaRect }: Layer, top: number, sum: LabPlanes, covered: Plane): void {
  const { width, height: rows } = covered;
  const left = Math.max(0, Math.floor(alphaRect.x));
  const right = Math.min(width, Math.ceil(alphaRect.x + alphaRect.width));
  const first = Math.max(top, Math.floor(alphaRect.y));
  const last = Math.min(top + rows, Math.ceil(alphaRect.y + alphaRect.height));
  if (right <= left || last <= first) return;
  const part = { x: left, y: first, width: right - left, height: last - first };
  const shares = resamplePlane(alpha, within(part, alphaRect, alpha), part.width, part.height);
  const inLab = within(part, rect, lab.l);
  const { l, a, b } = mapLab(lab, (plane) => resamplePlane(plane, inLab, part.width, part.height));
  for (let y = 0, i = 0; y < part.height; y++) {
    let k = (first - top + y) * width + left;
    for (let x = 0; x < part.width; x++, i++, k++) {
      const share = clamp01(shares.data[i]);
      sum.l.data[k] += share * l.data[i];
      sum.a.data[k] += share * a.data[i];
      sum.b.data[k] += share * b.data[i];
      covered.data[k] += share;
    }
  }
}

/** A rectangle of the portrait in pixels of a plane that shows `rect` of it. */
export function within(part: Rect, rect: Rect, plane: Plane): Rect {
  const [sx, sy] = [plane.width / rect.width, plane.height / rect.height];
  return {
    x: (part.x - rect.x) * sx,
    y: (part.y - rect.y) * sy,
    width: part.width * sx,
    height: part.height * sy,
  };
}

/** Rows from `top` on of the portrait with another background, as far as that covers its own. */
function standBehind({ lab, cover }: Ground, own: LabPlanes, portrait: Picture, top: number): LabPlanes {
  const { height: rows } = own.l;
  const behind = readGround(lab, portrait, top, rows);
  if (!cover) return behind;
  const shares = readRows(cover, portrait, top, rows).data;
  for (const channel of CHANNELS) {
    const [b, o] = [behind[channel].data, own[channel].data];
    for (let i = 0; i < b.length; i++) b[i] = o[i] + clamp01(shares[i]) * (b[i] - o[i]);
  }
  return behind;
}

const readGround = (lab: LabPlanes, portrait: Picture, top: number, rows: number): LabPlanes =>
  mapLab(lab, (plane) => readRows(plane, portrait, top, rows));

/** Rows from `top` on of a plane that shows all of the portrait. */
function readRows(plane: Plane, { width, height }: Picture, top: number, rows: number): Plane {
  const part = within({ x: 0, y: top, width, height: rows }, { x: 0, y: 0, width, height }, plane);
  return resamplePlane(plane, part, width, rows);
}

const clamp01 = (value: number) => Math.min(1, Math.max(0, value));
