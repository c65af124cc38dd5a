/** Frames, mounts, bars and the white of a print: bands of one colour along the sides of a picture. */
import type { Picture, Rect } from './picture.ts';
import { edgeCopy, scaleInside } from './straight-edges.ts';

/** A pixel this near (0..255, in every channel) to the band's colour belongs to it. */
const ALIKE = 12;
/** In a row of a band so many are, beside a caption or dust. */
const PLAIN = 0.85;
/** Past its inner border so many are not: before a plain wall only a head ends a row of one colour. */
const ENDS = 0.6;
/** A band is at most so wide, as a share of the picture. */
const MOST = 0.45;

type Side = 'left' | 'right' | 'top' | 'bottom';

/**
 * The picture inside its frame, in whole pixels; all of it where it has none, or where it is transparent.
 * @param least width of a frame as a share of the picture's
 */
export function insideFrame(picture: Picture, least: number): Rect {
  const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
  const { copy, scale } = edgeCopy(picture);
  if (isTransparent(copy)) return whole;
  const [left, right] = [bandWidth(copy, 'left', least), bandWidth(copy, 'right', least)];
  const [top, bottom] = [bandWidth(copy, 'top', least), bandWidth(copy, 'bottom', least)];
  const [x0, x1] = [left, copy.width - right];
  const [y0, y1] = [top, copy.height - bottom];
  const sure = {
    left: endsSharply(copy, 'left', left, y0, y1) ? left + 1 : 0,
    right: endsSharply(copy, 'right', right, y0, y1) ? right + 1 : 0,
    top: endsSharply(copy, 'top', top, x0, x1) ? top + 1 : 0,
    bottom: endsSharply(copy, 'bottom', bottom, x0, x1) ? bottom + 1 : 0,
  };
  if (Math.max(...Object.values(sure)) === 0) return whole;
  const inside = {
    x: sure.left,
    y: sure.top,
    width: copy.width - sure.left - sure.right,
    height: copy.height - sure.top - sure.bottom,
  };
  const scaled = scaleInside(inside, 1 / scale, picture);
  // Where a side has no frame, not a row is lost to rounding.
  const [endX, endY] = [
    sure.right ? scaled.x + scaled.width : picture.width,
    sure.bottom ? scaled.y + scaled.height : picture.height,
  ];
  return { x: scaled.x, y: scaled.y, width: endX - scaled.x, height: endY - scaled.y };
}

const isTransparent = ({ data }: Picture) => data.some((value, i) => i % 4 === 3 && value < 255);

/** Rows or columns of one colour from a side inwards, 0 where that is too few or too many. */
function bandWidth(copy: Picture, side: Side, least: number): number {
  const { count, length, at } = linesFrom(copy, side);
  const colour = medianColour(
    copy,
    Array.from({ length }, (_, k) => at(0, k)),
  );
  let width = 0;
  while (width < count && shareAlike(copy, colour, length, (k) => at(width, k)) >= PLAIN) width++;
  return width < least * count || width > MOST * count ? 0 : width;
}

/** Whether what lies behind a band is not its colour, nearly all along. */
function endsSharply(copy: Picture, side: Side, width: number, from: number, to: number): boolean {
  if (width === 0) return false;
  const { count, length, at } = linesFrom(copy, side);
  const colour = medianColour(
    copy,
    Array.from({ length }, (_, k) => at(0, k)),
  );
  const behind = Math.min(count - 1, width + 2);
  return 1 - shareAlike(copy, colour, to - from, (k) => at(behind, from + k)) >= ENDS;
}

/** The lines along a side, from it inwards: how many, how long, and where the pixel `k` of line `i` lies. */
function linesFrom({ width, height }: Picture, side: Side) {
  const pixel = (x: number, y: number) => 4 * (y * width + x);
  switch (side) {
    case 'left':
      return { count: width, length: height, at: (i: number, k: number) => pixel(i, k) };
    case 'right':
      return { count: width, length: height, at: (i: number, k: number) => pixel(width - 1 - i, k) };
    case 'top':
      return { count: height, length: width, at: (i: number, k: number) => pixel(k, i) };
    case 'bottom':
      return { count: height, length: width, at: (i: number, k: number) => pixel(k, height - 1 - i) };
  }
}

function shareAlike(
  { data }: Picture,
  colour: readonly number[],
  length: number,
  at: (k: number) => number,
): number {
  let alike = 0;
  for (let k = 0; k < length; k++) {
    const i = at(k);
    if (colour.every((value, c) => Math.abs(data[i + c] - value) <= ALIKE)) alike++;
  }
  return alike / Math.max(1, length);
}

const medianColour = ({ data }: Picture, pixels: readonly number[]): number[] =>
  [0, 1, 2].map((c) => pixels.map((i) => data[i + c]).sort((a, b) => a - b)[pixels.length >> 1]);
