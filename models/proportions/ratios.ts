/** Twelve ratios that say how a face is proportioned, as logarithms, so that twice and half are equally far. */
import { CHIN, FOREHEAD_TOP, MOUTH_LEFT, MOUTH_RIGHT } from '../face/topology.ts';

export const RATIOS = [
  'head',
  'jaw',
  'chin',
  'forehead',
  'eyeWidth',
  'eyeHeight',
  'eyeSpacing',
  'brow',
  'noseLength',
  'noseWidth',
  'mouth',
  'lips',
] as const;
export type Ratio = (typeof RATIOS)[number];

/** Landmarks of what is measured, the left one of a pair first. */
export const PLACES = {
  cheeks: [234, 454],
  jaw: [172, 397],
  outerCorners: [33, 263],
  innerCorners: [133, 362],
  /** Upper and lower lids, the left eye's and the right one's. */
  upperLids: [160, 159, 158, 387, 386, 385],
  lowerLids: [144, 145, 153, 373, 374, 380],
  brows: [105, 52, 334, 282],
  bridge: 168,
  noseBase: 2,
  wings: [129, 358],
  lipsTop: 0,
  lipsBottom: 17,
  openingTop: 13,
  openingBottom: 14,
} as const;

/** @param points a mesh turned to the front, 468 · 3. @returns the logarithms in the order of RATIOS */
export function logRatios(points: ArrayLike<number>): number[] {
  const x = (k: number) => points[3 * k];
  const y = (k: number) => points[3 * k + 1];
  const across = ([left, right]: readonly number[]) => Math.abs(x(right) - x(left));
  const meanY = (list: readonly number[]) => list.reduce((sum, k) => sum + y(k), 0) / list.length;
  const height = y(CHIN) - y(FOREHEAD_TOP);
  const width = across(PLACES.cheeks);
  const [outer, inner] = [across(PLACES.outerCorners), across(PLACES.innerCorners)];
  const corners = meanY([...PLACES.outerCorners, ...PLACES.innerCorners]);
  const brows = meanY(PLACES.brows);
  const opening = y(PLACES.openingBottom) - y(PLACES.openingTop);
  return [
    width / height,
    across(PLACES.jaw) / width,
    (y(CHIN) - y(PLACES.lipsBottom)) / height,
    (brows - y(FOREHEAD_TOP)) / height,
    (outer - inner) / 2 / width,
    (meanY(PLACES.lowerLids) - meanY(PLACES.upperLids)) / width,
    (outer + inner) / 2 / width,
    (corners - brows) / height,
    (y(PLACES.noseBase) - y(PLACES.bridge)) / height,
    across(PLACES.wings) / width,
    across([MOUTH_LEFT, MOUTH_RIGHT]) / width,
    (y(PLACES.lipsBottom) - y(PLACES.lipsTop) - opening) / height,
  ].map((ratio) => Math.log(Math.max(LEAST, ratio)));
}

/** A ratio is no smaller: lids that touch have a distance, too. */
const LEAST = 0.005;

/** How far the corners of the mouth are drawn up and how far it is open, in widths of the mouth. */
export function smileOf(points: ArrayLike<number>): { readonly lift: number; readonly opening: number } {
  const y = (k: number) => points[3 * k + 1];
  const width = Math.abs(points[3 * MOUTH_RIGHT] - points[3 * MOUTH_LEFT]);
  const { openingTop, openingBottom } = PLACES;
  const middle = (y(openingTop) + y(openingBottom)) / 2;
  return {
    lift: (middle - (y(MOUTH_LEFT) + y(MOUTH_RIGHT)) / 2) / width,
    opening: (y(openingBottom) - y(openingTop)) / width,
  };
}
