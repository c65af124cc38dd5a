/** Puts repainted people, background and the portrait's own pixels together, at the portrait's size. */
import { type LabPlanes, labPlanes, pictureFromLab } from '../image/colour.ts';
import { enlargeRows } from '../image/enlarge.ts';
import { createPicture, createPlane, type Picture, type Plane, type Rect } from '../image/picture.ts';
import { smoothstep } from '../image/smoothstep.ts';
import type { Backdrop } from './background.ts';
import { measurePalette, type Palette } from './palette.ts';
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
  /** What stands behind the people, enlarged to the portrait; null keeps the portrait's own. */
  readonly background: Backdrop | null;
  readonly mode: BackgroundMode;
  /** 0..1 */
  readonly strength: number;
  /** The colours of the reference, and how far (0..1) a picture with its background is brought to them. */
  readonly palette: Palette;
  readonly paletteGain: number;
  /** 0..1: how much of that skin is spared, its colour and its lightness. */
  readonly skinSpared: { readonly colour: number; readonly lightness: number };
}

/** Rows worked on at a time, so that memory hardly grows with the picture. */
const BAND = 128;
/** Every so many rows are enough to know a picture's palette. */
const PALETTE_STRIDE = 8;

/** The result, of the portrait's size: layers over background, drawn to the palette, mixed in by strength. */
export function compose(portrait: Picture, composition: Composition): Picture {
  const pull =
    composition.mode === 'style' && composition.background
      ? palettePull(portrait, composition, composition.background.lab)
      : null;
  const out = createPicture(portrait.width, portrait.height);
  for (let top = 0; top < portrait.height; top += BAND) {
    const band = composeBand(portrait, composition, top, Math.min(BAND, portrait.height - top));
    if (pull) applyPull(band, pull, composition);
    finishBand(portrait, composition, band, top, out);
  }
  return out;
}

/** Some rows of the result, before strength and alpha. */
interface Band {
  readonly own: LabPlanes;
  readonly lab: LabPlanes;
  /** 0..1: how much of a pixel is repainted person, and how much is repainted skin. */
  readonly covered: Plane;
  readonly skin: Plane;
}

function composeBand(portrait: Picture, composition: Composition, top: number, rows: number): Band {
  const { layers, background, mode } = composition;
  const { width, height } = portrait;
  const own = labPlanes({ width, height: rows, data: rowsOf(portrait, top, rows) });
  const lab = { l: createPlane(width, rows), a: createPlane(width, rows), b: createPlane(width, rows) };
  const band = { own, lab, covered: createPlane(width, rows), skin: createPlane(width, rows) };
  for (const placed of layers) addLayer(placed, top, rows, band);
  const behind = background ? standBehind(background, own, height, top) : own;
  for (const channel of CHANNELS) {
    const [s, b, o, m] = [lab[channel].data, behind[channel].data, own[channel].data, band.covered.data];
    for (let i = 0; i < s.length; i++) {
      // Behind nothing, the person's colour goes on to the faintest edge, so that no fringe shows on a new ground.
      if (mode === 'transparent') s[i] = m[i] > 0 ? s[i] / m[i] : o[i];
      else s[i] += (1 - m[i]) * b[i];
    }
  }
  return band;
}

/** Rows `top`.. of a portrait of `height` rows with another background, as far as that covers its own. */
function standBehind({ lab, cover }: Backdrop, own: LabPlanes, height: number, top: number): LabPlanes {
  const { width, height: rows } = own.l;
  const read = (plane: Plane) => enlargeRows(plane, width, height, top, rows);
  const behind = mapLab(lab, read);
  if (!cover) return behind;
  const covered = read(cover).data;
  for (const channel of CHANNELS) {
    const [b, o] = [behind[channel].data, own[channel].data];
    for (let i = 0; i < b.length; i++) b[i] = o[i] + Math.min(1, Math.max(0, covered[i])) * (b[i] - o[i]);
  }
  return behind;
}

/** Mixes with the original by strength, and writes the band with its alpha. */
function finishBand(
  portrait: Picture,
  { mode, strength }: Composition,
  { own, lab, covered }: Band,
  top: number,
  out: Picture,
): void {
  for (const channel of CHANNELS) {
    const [s, o] = [lab[channel].data, own[channel].data];
    for (let i = 0; i < s.length; i++) s[i] = o[i] + strength * (s[i] - o[i]);
  }
  const pixels = rowsOf(portrait, top, lab.l.height);
  const { data } = pictureFromLab(lab);
  for (let i = 0, k = 3; i < covered.data.length; i++, k += 4) {
    data[k] = mode === 'transparent' ? pixels[k] * covered.data[i] : pixels[k];
  }
  out.data.set(data, top * portrait.width * 4);
}

const CHANNELS = ['l', 'a', 'b'] as const;

const rowsOf = ({ width, data }: Picture, top: number, rows: number) =>
  data.subarray(top * width * 4, (top + rows) * width * 4);

/** Within these limits the spread of a channel is changed. */
const SPREAD = { least: 0.75, most: 1.3 } as const;

/** For each channel `value · scale + shift`. */
interface Pull extends Readonly<Record<'l' | 'a' | 'b', { readonly scale: number; readonly shift: number }>> {
  /** 0..1: how much of the background is spared. */
  readonly backgroundSpared: number;
}

/** The map that gives the composed picture the mean and, within limits, the spread of the reference's palette. */
function palettePull(portrait: Picture, composition: Composition, background: LabPlanes): Pull {
  const rows: LabPlanes[] = [];
  for (let top = 0; top < portrait.height; top += PALETTE_STRIDE) {
    rows.push(composeBand(portrait, composition, top, 1).lab);
  }
  const present = measurePalette(rows);
  const toward = (channel: 'l' | 'a' | 'b') => {
    const [from, to] = [present[channel], composition.palette[channel]];
    const scale = Math.min(SPREAD.most, Math.max(SPREAD.least, to.deviation / Math.max(0.5, from.deviation)));
    return { scale, shift: to.mean - from.mean * scale };
  };
  return { l: toward('l'), a: toward('a'), b: toward('b'), backgroundSpared: whiteness(background) };
}

/** A background is white from this mean lightness on and up to this chroma, over ranges of so much. */
const WHITE = { lightness: 90, chroma: 8, range: 5 } as const;

/** 0..1: how white a picture is. What is white must stay so, whatever stands before it. */
function whiteness(lab: LabPlanes): number {
  const { l, a, b } = measurePalette([lab]);
  const isLight = smoothstep((l.mean - WHITE.lightness) / WHITE.range);
  return isLight * smoothstep((WHITE.chroma - Math.hypot(a.mean, b.mean)) / WHITE.range);
}

function applyPull({ lab, skin, covered }: Band, pull: Pull, { paletteGain, skinSpared }: Composition): void {
  for (const channel of CHANNELS) {
    const { scale, shift } = pull[channel];
    const data = lab[channel].data;
    const spared = channel === 'l' ? skinSpared.lightness : skinSpared.colour;
    for (let i = 0; i < data.length; i++) {
      const background = Math.max(0, 1 - covered.data[i]);
      const share = 1 - spared * skin.data[i] - pull.backgroundSpared * background;
      data[i] += paletteGain * share * (data[i] * scale + shift - data[i]);
    }
  }
}

/** Adds one person, weighted by the matte, to the rows `top`.. of the sums. */
function addLayer(
  { layer, rect, matte }: PlacedLayer,
  top: number,
  rows: number,
  { own, lab: sum, covered, skin }: Band,
): void {
  const first = Math.max(top, rect.y);
  const count = Math.min(top + rows, rect.y + rect.height) - first;
  if (count <= 0) return;
  const read = (plane: Plane) => enlargeRows(plane, rect.width, rect.height, first - rect.y, count).data;
  const { l, a, b } = layer.lab;
  const [pl, pa, pb] = [read(l), read(a), read(b)];
  const skinShare = read(layer.skin);
  const isEnlarged = layer.lightness.width !== rect.width || layer.lightness.height !== rect.height;
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
      skin.data[i] += skinShare[from + x];
    }
  }
}

const mapLab = ({ l, a, b }: LabPlanes, map: (plane: Plane) => Plane): LabPlanes => ({
  l: map(l),
  a: map(a),
  b: map(b),
});
