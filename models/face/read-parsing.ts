/** What the parsing network saw, read off at the places of an upright grid. */
import type { Rect } from '../image/picture.ts';
import { PARSING_CLASSES, PARSING_SIDE, type ParsingClass } from './parsing-classes.ts';
import type { Square } from './square.ts';

/**
 * How the network looks: side of its square and how far its middle lies below the face's and beside it, in face heights of
 * the mesh.
 */
export interface Look {
  readonly size: number;
  readonly below: number;
  readonly beside: number;
}

/** What the network answers for a square: shares [classes, PARSING_SIDE / 2, PARSING_SIDE / 2], which sum to 1. */
export interface ParsedSquare {
  readonly look: Look;
  /** 0..1: how much it counts against the wider squares where it is inside. */
  readonly weight: number;
  readonly square: Square;
  readonly shares: Float32Array;
}

/** The squares around one face, the nearest first. */
export type Parsing = readonly ParsedSquare[];

/** Side of a square's shares in samples. */
const SIDE = PARSING_SIDE / 2;
/** A square gives way to the next, and the last to what is not known, over this share of its side. */
const FADE = 0.1;

export interface ReadParsing {
  /** Shares 0..1 of each group of classes; past the widest square its border goes on. */
  readonly shares: readonly Float32Array[];
  /** 0..1: how far the network saw the place. */
  readonly seen: Float32Array;
}

/** Where a place of a picture is in the one that the network saw. */
export type Placement = (x: number, y: number) => readonly [x: number, y: number];

/** In the same picture. @param x px @param y px @returns the place as it is */
export const SAME_PLACE: Placement = (x, y) => [x, y];

/**
 * What was seen, at the middles of w × h cells of `rect`.
 * @param groups classes whose shares are added
 * @param w cells across
 * @param h cells down
 * @param at where those are in the picture that the parsing is told in
 */
export function readParsing(
  parsing: Parsing,
  groups: readonly (readonly ParsingClass[])[],
  rect: Rect,
  w: number,
  h: number,
  at: Placement = SAME_PLACE,
): ReadParsing {
  const squares = parsing.map(({ square, shares, weight }) => ({
    square,
    counts: weight,
    planes: groups.map((group) => sumOf(shares, group)),
  }));
  const shares = groups.map(() => new Float32Array(w * h));
  const seen = new Float32Array(w * h);
  for (let row = 0, i = 0; row < h; row++) {
    for (let column = 0; column < w; column++, i++) {
      const [x, y] = at(rect.x + ((column + 0.5) * rect.width) / w, rect.y + ((row + 0.5) * rect.height) / h);
      let rest = 1;
      for (const [order, { square, planes, counts }] of squares.entries()) {
        const [u, v] = placeIn(square, x, y);
        const depth = insideness(u, v);
        const isLast = order === squares.length - 1;
        if (isLast) seen[i] = 1 - rest * (1 - depth);
        const weight = isLast ? rest : rest * depth * counts;
        if (weight <= 0) continue;
        rest -= weight;
        for (let k = 0; k < planes.length; k++) shares[k][i] += weight * bilinear(planes[k], u, v);
      }
    }
  }
  return { shares, seen };
}

function sumOf(shares: Float32Array, group: readonly ParsingClass[]): Float32Array {
  const sum = new Float32Array(SIDE * SIDE);
  for (const name of group) {
    const start = PARSING_CLASSES.indexOf(name) * SIDE * SIDE;
    for (let i = 0; i < sum.length; i++) sum[i] += shares[start + i];
  }
  return sum;
}

/** Fractions of the square, 0..1 inside. */
function placeIn({ x, y, size, angle }: ParsedSquare['square'], px: number, py: number): [number, number] {
  const [dx, dy] = [(px - x) / size, (py - y) / size];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [0.5 + dx * cos + dy * sin, 0.5 - dx * sin + dy * cos];
}

/** 1 well inside of the square, 0 outside. */
function insideness(u: number, v: number): number {
  const depth = Math.min(u, v, 1 - u, 1 - v);
  return Math.min(1, Math.max(0, depth / FADE));
}

function bilinear(plane: Float32Array, u: number, v: number): number {
  const x = Math.min(SIDE - 1.001, Math.max(0, u * SIDE - 0.5));
  const y = Math.min(SIDE - 1.001, Math.max(0, v * SIDE - 0.5));
  const at = (y | 0) * SIDE + (x | 0);
  const [fx, fy] = [x - (x | 0), y - (y | 0)];
  const top = plane[at] + fx * (plane[at + 1] - plane[at]);
  const bottom = plane[at + SIDE] + fx * (plane[at + SIDE + 1] - plane[at + SIDE]);
  return top + fy * (bottom - top);
}

/** The same for a part of the picture that is shown larger. @param scale how many times as large */
export function placeParsing(parsing: Parsing, { x, y }: Pick<Rect, 'x' | 'y'>, scale: number): Parsing {
  return parsing.map(({ square, ...seen }) => ({
    ...seen,
    square: { ...square, x: (square.x - x) * scale, y: (square.y - y) * scale, size: square.size * scale },
  }));
}
