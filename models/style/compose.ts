/** Puts repainted people, background and the portrait's own pixels together, at the portrait's size. */
import { type LabPlanes, labPlanes, pictureFromLab } from '../image/colour.ts';
import { enlargeRows } from '../image/enlarge.ts';
import { createPicture, createPlane, type Picture, type Plane, type Rect } from '../image/picture.ts';
import type { PersonLayer } from './person-layer.ts';
import type { BackgroundMode } from './settings.ts';

/** A layer and where it goes. Its planes may be smaller than `rect`; they are enlarged. */
export interface PlacedLayer {
  readonly layer: PersonLayer;
  readonly rect: Rect;
  /** At the size of `rect`. */
  readonly matte: Plane;
}

export interface Composition {
  readonly layers: readonly PlacedLayer[];
  /** The background in the reference's style, enlarged to the portrait; null keeps the portrait's own. */
  readonly background: LabPlanes | null;
  readonly mode: BackgroundMode;
  /** 0..1 */
  readonly strength: number;
}

/** Rows worked on at a time, so that memory hardly grows with the picture. */
const BAND = 128;

export function compose(portrait: Picture, composition: Composition): Picture {
  const out = createPicture(portrait.width, portrait.height);
  for (let top = 0; top < portrait.height; top += BAND) {
    composeBand(portrait, composition, top, Math.min(BAND, portrait.height - top), out);
  }
  return out;
}

function composeBand(
  portrait: Picture,
  { layers, background, mode, strength }: Composition,
  top: number,
  rows: number,
  out: Picture,
): void {
  const { width, height } = portrait;
  const pixels = portrait.data.subarray(top * width * 4, (top + rows) * width * 4);
  const own = labPlanes({ width, height: rows, data: pixels });
  const sum = { l: createPlane(width, rows), a: createPlane(width, rows), b: createPlane(width, rows) };
  const covered = createPlane(width, rows);
  for (const placed of layers) addLayer(placed, top, rows, own, sum, covered);
  const behind = background ? mapLab(background, (plane) => enlargeRows(plane, width, height, top, rows)) : own;
  for (const channel of ['l', 'a', 'b'] as const) {
    const [s, b, o, m] = [sum[channel].data, behind[channel].data, own[channel].data, covered.data];
    for (let i = 0; i < s.length; i++) {
      // Behind nothing, the person's colour goes on to the faintest edge, so that no fringe shows on a new ground.
      const composed = mode === 'transparent' ? (m[i] > 0 ? s[i] / m[i] : o[i]) : s[i] + (1 - m[i]) * b[i];
      s[i] = o[i] + strength * (composed - o[i]);
    }
  }
  const band = pictureFromLab(sum).data;
  for (let i = 0, k = 3; i < covered.data.length; i++, k += 4) {
    band[k] = mode === 'transparent' ? pixels[k] * covered.data[i] : pixels[k];
  }
  out.data.set(band, top * width * 4);
}

/** Adds one person, weighted by the matte, to the rows `top`.. of the sums. */
function addLayer(
  { layer, rect, matte }: PlacedLayer,
  top: number,
  rows: number,
  own: LabPlanes,
  sum: LabPlanes,
  covered: Plane,
): void {
  const first = Math.max(top, rect.y);
  const count = Math.min(top + rows, rect.y + rect.height) - first;
  if (count <= 0) return;
  const read = (plane: Plane) => enlargeRows(plane, rect.width, rect.height, first - rect.y, count).data;
  const { l, a, b } = layer.lab;
  const [pl, pa, pb] = [read(l), read(a), read(b)];
  const isEnlarged = layer.lab.l.width !== rect.width || layer.lab.l.height !== rect.height;
  const [base, gain] = isEnlarged ? [read(layer.lightness), read(layer.detailGain)] : [null, null];
  for (let y = 0; y < count; y++) {
    const from = y * rect.width;
    const to = (first - top + y) * own.l.width + rect.x;
    const mask = (first - rect.y + y) * rect.width;
    for (let x = 0; x < rect.width; x++) {
      const m = matte.data[mask + x];
      if (m === 0) continue;
      const i = to + x;
      const detail = base && gain ? gain[from + x] * (own.l.data[i] - base[from + x]) : 0;
      sum.l.data[i] += m * (pl[from + x] + detail);
      sum.a.data[i] += m * pa[from + x];
      sum.b.data[i] += m * pb[from + x];
      covered.data[i] += m;
    }
  }
}

const mapLab = ({ l, a, b }: LabPlanes, map: (plane: Plane) => Plane): LabPlanes => ({
  l: map(l),
  a: map(a),
  b: map(b),
});
