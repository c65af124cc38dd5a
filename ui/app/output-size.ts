/** How large a result becomes. Pure arithmetic, so that it can be shown before anything is painted. */
import type { Look } from '../../protocol/plugin-data.ts';
import type { Portrait } from '../../protocol/portrait.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface OutputSize extends Size {
  /** The portrait's size (px) when it is painted, before its turn: at most its own. */
  readonly painted: Size;
  /** By which the painting is enlarged. */
  readonly scale: 1 | 2 | 4;
  /** Smaller than was wished for, because more is not possible there. */
  readonly isLimited: boolean;
}

/** Pixels of a result over the layer's units: screens of twice the canvas's density are common, denser ones rare. */
const DENSITY = 2;
/** A portrait is not shrunk below this shorter edge (px), or its face might not be found again (64 px suffice). */
const LEAST_EDGE = 512;
/** So much (a share) may be missing before the next enlargement, which has four times the pixels, is worth it. */
const TOLERANCE = 1.25;

/**
 * Pixels of a result. In this window memory (about 16 bytes a pixel beside the networks) and patience limit it; it is one
 * image of Figma's largest size. A renderer takes 2^28.
 */
export const MOST_PIXELS = { here: 4096 * 4096, renderer: 2 ** 28 } as const;

export function outputSize(portrait: Portrait, wanted: Look['scale'], most: number): OutputSize {
  const own: Size = { width: portrait.pictureWidth, height: portrait.pictureHeight };
  const factor = wanted === 'layer' ? neededFactor(portrait) : wanted;
  const scale = factor <= TOLERANCE ? 1 : factor <= 2 * TOLERANCE ? 2 : 4;
  const least = Math.min(1, LEAST_EDGE / Math.min(own.width, own.height));
  const wished = { size: scaled(own, Math.min(1, Math.max(factor, least))), scale } as const;
  const { size: painted, scale: taken } = limited(wished, most);
  const width = painted.width * taken;
  const height = painted.height * taken;
  return { painted, scale: taken, width, height, isLimited: width * height < pixels(wished.size, scale) };
}

/** Pixels that the layer shows, times DENSITY, over those that the picture has there. */
function neededFactor({ width, height, turn, crop, pictureWidth, pictureHeight }: Portrait): number {
  const [across, down] = turn % 180 === 0 ? [width, height] : [height, width];
  return DENSITY * Math.max(across / (crop.width * pictureWidth), down / (crop.height * pictureHeight));
}

interface Plan {
  readonly size: Size;
  readonly scale: 1 | 2 | 4;
}

function limited({ size, scale }: Plan, most: number): Plan {
  if (pixels(size, scale) <= most) return { size, scale };
  if (scale === 4) return limited({ size, scale: 2 }, most);
  if (scale === 2) return limited({ size, scale: 1 }, most);
  return { size: scaled(size, Math.sqrt(most / pixels(size, 1)), Math.floor), scale };
}

const pixels = ({ width, height }: Size, scale: number) => width * height * scale ** 2;

function scaled({ width, height }: Size, factor: number, round = Math.round): Size {
  return { width: Math.max(1, round(width * factor)), height: Math.max(1, round(height * factor)) };
}
