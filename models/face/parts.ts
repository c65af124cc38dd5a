/**
 * Pictures within pictures: which part of a picture is a face's own, where others hang on the wall as posters, stand in
 * panels beside it, or sit next to it.
 */
import { insideFrame } from '../image/frame.ts';
import type { Picture, Rect } from '../image/picture.ts';
import { edgeCopy, type Line, scaleInside, stepShare } from '../image/straight-edges.ts';
import type { Face } from './face.ts';

export interface FacePart {
  /** Whole pixels inside the picture. */
  readonly rect: Rect;
  /** What in it is another picture's. */
  readonly others: readonly Rect[];
}

/** A border between two pictures is one over so much of its length. */
const BORDER = 0.8;
/** A picture within a picture ends at most so many face sizes from its face. */
const REACH = 3;
/** It has a border on so many sides; the picture itself may end on the others. */
const SIDES = 3;
/** What takes so much of a side of a part takes all of it. */
const SIDE = 0.9;
/** Where two people sit in one picture, a border between them that is surer than this is a panel's. */
const PANEL = 0.7;

/**
 * For each face the part of the picture that shows it. People who sit in one picture share theirs.
 * @param least width of a frame as a share of the picture's; see `insideFrame`
 */
export function facePartsOf(
  picture: Picture,
  faces: readonly Pick<Face, 'box'>[],
  least: number,
): FacePart[] {
  const frame = insideFrame(picture, least);
  if (faces.length < 2) return faces.map(() => ({ rect: frame, others: [] }));
  const { copy, scale } = edgeCopy(picture);
  const insets = faces.map(({ box }) => {
    const inset = insetAround(copy, scaled(box, scale));
    return inset && scaleInside(inset, 1 / scale, picture);
  });
  return insets.map((own) => {
    if (own) return { rect: own, others: [] };
    const others = insets.flatMap((inset) => (inset ? [grown(inset, 2 / scale, picture)] : []));
    return { rect: frame, others };
  });
}

/** The part of a picture that one face has to itself: others are cut off, or left out as `others`. */
export function ownPart(
  picture: Picture,
  faces: readonly Pick<Face, 'box'>[],
  own: number,
  least: number,
): FacePart {
  const { rect, others } = facePartsOf(picture, faces, least)[own];
  const distance = ({ box }: Pick<Face, 'box'>) =>
    Math.hypot(middle(box).x - middle(faces[own].box).x, middle(box).y - middle(faces[own].box).y);
  let part = rect;
  const neighbours = faces.filter((_, i) => i !== own).sort((a, b) => distance(a) - distance(b));
  for (const { box } of neighbours) {
    const isLeft = !isIn(box, part) || others.some((other) => isIn(box, other));
    if (!isLeft) part = apartFrom(picture, part, faces[own].box, box);
  }
  for (const other of others) part = trimmed(part, other);
  return { rect: part, others: others.flatMap((other) => shared(part, other) ?? []) };
}

const isIn = (box: Rect, { x, y, width, height }: Rect): boolean => {
  const { x: u, y: v } = middle(box);
  return u >= x && u < x + width && v >= y && v < y + height;
};

function shared(a: Rect, b: Rect): Rect | null {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  const right = Math.min(a.x + a.width, b.x + b.width);
  const bottom = Math.min(a.y + a.height, b.y + b.height);
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : null;
}

/** A part without a picture that takes one of its sides, or nearly. */
function trimmed(part: Rect, other: Rect): Rect {
  const taken = shared(part, other);
  if (!taken) return part;
  const [right, bottom] = [part.x + part.width, part.y + part.height];
  if (taken.height > SIDE * part.height) {
    const isFirst = middle(taken).x < middle(part).x;
    const at = isFirst ? taken.x + taken.width : taken.x;
    return keepSide(part, 'column', Math.min(right, at), !isFirst);
  }
  if (taken.width > SIDE * part.width) {
    const isFirst = middle(taken).y < middle(part).y;
    const at = isFirst ? taken.y + taken.height : taken.y;
    return keepSide(part, 'row', Math.min(bottom, at), !isFirst);
  }
  return part;
}

/** The part of a picture that is left to a face when another one, beside or above it, is cut off. */
function apartFrom(picture: Picture, rect: Rect, own: Rect, other: Rect): Rect {
  const { copy, scale } = edgeCopy(picture);
  const [a, b, part] = [own, other, rect].map((one) => scaled(one, scale));
  const [from, to] = [middle(a), middle(b)];
  const isBeside =
    Math.abs(from.x - to.x) / (a.width + b.width) >= Math.abs(from.y - to.y) / (a.height + b.height);
  const line: Line = isBeside ? 'column' : 'row';
  const at = cutBetween(copy, line, part, a, b) / scale;
  return keepSide(rect, line, Math.round(at), isBeside ? from.x < to.x : from.y < to.y);
}

function keepSide(rect: Rect, line: Line, at: number, isFirst: boolean): Rect {
  const { x, y, width, height } = rect;
  if (line === 'column') {
    const cut = Math.min(x + width - 1, Math.max(x + 1, at));
    return isFirst ? { ...rect, width: cut - x } : { ...rect, x: cut, width: x + width - cut };
  }
  const cut = Math.min(y + height - 1, Math.max(y + 1, at));
  return isFirst ? { ...rect, height: cut - y } : { ...rect, y: cut, height: y + height - cut };
}

/** Along the border of a panel between two faces where there is one, else between them in proportion to their sizes. */
function cutBetween(copy: Picture, line: Line, part: Rect, a: Rect, b: Rect): number {
  const along = (rect: Rect) => (line === 'column' ? rect.x : rect.y);
  const size = (rect: Rect) => (line === 'column' ? rect.width : rect.height);
  const [first, second] = along(a) < along(b) ? [a, b] : [b, a];
  const [from, to] = [along(first) + size(first), along(second)].map(Math.round);
  const [start, end] = line === 'column' ? [part.y, part.y + part.height] : [part.x, part.x + part.width];
  let best = { at: 0, share: PANEL };
  for (let at = from; at <= to; at++) {
    const share = stepShare(copy, line, at, Math.round(start), Math.round(end));
    if (share > best.share) best = { at, share };
  }
  if (best.at > 0) return best.at;
  const [left, right] = [along(first) + size(first) / 2, along(second) + size(second) / 2];
  return left + ((right - left) * size(first)) / (size(first) + size(second));
}

/** The picture around a face, in pixels of the copy; null where it is no picture within the picture. */
function insetAround(copy: Picture, box: Rect): Rect | null {
  const reach = Math.round(REACH * Math.max(box.width, box.height));
  const find = (line: Line, start: number, step: 1 | -1, [from, to]: readonly number[]): number | null => {
    for (let k = 0; k <= reach; k++) {
      const at = Math.round(start) + step * k;
      if (stepShare(copy, line, at, Math.round(from), Math.round(to)) >= BORDER) return at - step;
    }
    return null;
  };
  const rows = [box.y - 0.1 * box.height, box.y + 1.1 * box.height];
  const left = find('column', box.x - 0.1 * box.width, -1, rows);
  const right = find('column', box.x + 1.1 * box.width, 1, rows);
  // A collar is as wide as a face, the border of a picture as wide as that.
  const columns = [left ?? box.x - box.width, right ?? box.x + 2 * box.width];
  const top = find('row', rows[0], -1, columns);
  const bottom = find('row', rows[1], 1, columns);
  const isFramed = [left, right, top, bottom].filter((side) => side !== null).length >= SIDES;
  if (!isFramed && !isStrip(copy, 'column', left, right) && !isStrip(copy, 'row', top, bottom)) return null;
  const [x, y] = [left ?? 0, top ?? 0];
  const rect = { x, y, width: (right ?? copy.width) - x, height: (bottom ?? copy.height) - y };
  return rect.width > 0 && rect.height > 0 ? rect : null;
}

/** Whether one or two borders go through the whole picture, as those of panels in a row do. */
function isStrip(copy: Picture, line: Line, from: number | null, to: number | null): boolean {
  const length = line === 'column' ? copy.height : copy.width;
  // What is found lies a pixel inside of the border.
  const isThrough = (at: number | null, step: number) =>
    at === null || stepShare(copy, line, at + step, 0, length) >= BORDER;
  return (from !== null || to !== null) && isThrough(from, -1) && isThrough(to, 1);
}

const middle = ({ x, y, width, height }: Rect) => ({ x: x + width / 2, y: y + height / 2 });

const scaled = ({ x, y, width, height }: Rect, factor: number): Rect => ({
  x: x * factor,
  y: y * factor,
  width: width * factor,
  height: height * factor,
});

/** A rectangle with so much (px) more on each side, in whole pixels inside a picture. */
function grown({ x, y, width, height }: Rect, by: number, limit: Picture): Rect {
  const [left, top] = [Math.max(0, Math.floor(x - by)), Math.max(0, Math.floor(y - by))];
  const right = Math.min(limit.width, Math.ceil(x + width + by));
  const bottom = Math.min(limit.height, Math.ceil(y + height + by));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
