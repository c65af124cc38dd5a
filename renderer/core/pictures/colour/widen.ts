/** Results, which are painted in sRGB, in the gamut of their source. */
import type { Picture, Plane } from '../../../../models/image/picture.ts';
import { resizePicture, resizePlane } from '../../../../models/image/resize.ts';
import type { Gamut, WidePicture } from './gamut.ts';
import { invert, type Matrix } from './primaries.ts';
import { linearTable, srgbSignal } from './transfer.ts';

export interface Widening {
  /** The source in sRGB. */
  readonly source: Picture;
  readonly wide: WidePicture;
  /** 0..1, of the source's size: how much of each pixel is the source's own. */
  readonly own: Plane;
}

/**
 * A result in the codes of the gamut: painted colours are the same colours there, and what is the source's own has back what sRGB
 * had clipped.
 */
export function widenResult(result: Picture, { source, wide, own }: Widening): Picture {
  const toWide = converter(wide.gamut);
  const lost = [0, 1, 2].map((): Plane => ({ ...own, data: new Float32Array(own.data.length) }));
  const codes: [number, number, number] = [0, 0, 0];
  for (let i = 0, k = 0; i < own.data.length; i++, k += 4) {
    toWide(source.data, k, codes);
    for (let c = 0; c < 3; c++) lost[c].data[i] = own.data[i] * (wide.picture.data[k + c] - codes[c]);
  }
  const isLarger = result.width !== own.width;
  const planes = isLarger ? lost.map((plane) => resizePlane(plane, result.width, result.height)) : lost;
  const data = result.data.slice();
  for (let i = 0, k = 0; k < data.length; i++, k += 4) {
    toWide(result.data, k, codes);
    for (let c = 0; c < 3; c++) data[k + c] = codes[c] + planes[c].data[i];
  }
  return { ...result, data };
}

/** Codes 0..255 of a pixel of sRGB, not rounded. */
function converter({ toSrgb }: Gamut) {
  const light = linearTable('srgb', 255);
  const matrix: Matrix = invert(toSrgb);
  return (data: Uint8ClampedArray, at: number, codes: [number, number, number]): void => {
    const [r, g, b] = [light[data[at]], light[data[at + 1]], light[data[at + 2]]];
    for (let c = 0; c < 3; c++) {
      codes[c] = 255 * srgbSignal(matrix[c][0] * r + matrix[c][1] * g + matrix[c][2] * b);
    }
  };
}

/** Codes by which a pixel that stayed where it was may differ from the source's. */
const SAME = 2;

/**
 * How much of each pixel is the source's own.
 * @param painted 0..1, how much of it is painted
 * @param moved the result where proportions were changed: what no longer shows the source's pixel is not its own
 */
export function ownShare(
  painted: Plane,
  { strength, isCutOut }: { readonly strength: number; readonly isCutOut: boolean },
  moved: { readonly source: Picture; readonly result: Picture } | null,
): Plane {
  // A cut-out shows paint up to its faintest edge.
  const own = painted.data.map((share) => (isCutOut ? 1 - strength : 1 - strength * share));
  if (!moved) return { ...painted, data: own };
  const { source } = moved;
  const result = resizePicture(moved.result, source.width, source.height);
  for (let i = 0; i < own.length; i++) {
    const at = 4 * i;
    const isSame = [at, at + 1, at + 2].every((k) => Math.abs(result.data[k] - source.data[k]) <= SAME);
    if (!isSame) own[i] = 0;
  }
  return { ...painted, data: own };
}
