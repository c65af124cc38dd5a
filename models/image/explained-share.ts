import type { Plane } from './picture.ts';

/** A window counts when weights cover at least this share of it. */
const COVERED = 0.25;
/** Variances below this are 0 but for rounding. */
const NOTHING = 1e-9;

/**
 * The share (0..1) of a plane's energy that is a copy of another plane's: in each square window the one is regressed
 * linearly on the other, and the variances explained are summed and divided by the sum of all. So neither contrast nor
 * sign counts, and windows count by what can be seen in them.
 *
 * Chance explains something, too, more where there are fewer independent pixels. How much is measured with the other
 * plane displaced by a window in each direction, and taken away: unrelated planes are 0 in the mean, a copy is 1.
 *
 * @param weights 0..1, what counts; planes of one size
 * @param window edge of a window, px: several times what either plane's neighbouring values are alike over
 */
export function explainedShare(plane: Plane, other: Plane, weights: Plane, window: number): number {
  const edge = Math.max(2, Math.round(window));
  const share = (dx: number, dy: number) => rawShare(plane, other, weights, edge, dx, dy);
  const chance = (share(edge, 0) + share(-edge, 0) + share(0, edge) + share(0, -edge)) / 4;
  return Math.max(0, (share(0, 0) - chance) / Math.max(NOTHING, 1 - chance));
}

/** The same without regard to chance, `other` displaced. */
function rawShare(plane: Plane, other: Plane, weights: Plane, edge: number, dx: number, dy: number): number {
  let [explained, all] = [0, 0];
  for (let top = 0; top < plane.height; top += edge) {
    for (let left = 0; left < plane.width; left += edge) {
      const moments = momentsOf(plane, other, weights, { left, top, edge, dx, dy });
      if (!moments || moments.own < NOTHING) continue;
      all += moments.own;
      if (moments.other > NOTHING) explained += moments.both ** 2 / moments.other;
    }
  }
  return all > 0 ? explained / all : 0;
}

interface Window {
  readonly left: number;
  readonly top: number;
  readonly edge: number;
  readonly dx: number;
  readonly dy: number;
}

/** Weighted sums of squares and products about the means; null where little counts. */
function momentsOf(plane: Plane, other: Plane, weights: Plane, { left, top, edge, dx, dy }: Window) {
  const { width, height } = plane;
  const [right, bottom] = [
    Math.min(left + edge, width, width - dx),
    Math.min(top + edge, height, height - dy),
  ];
  let [weight, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let y = Math.max(top, -dy); y < bottom; y++) {
    for (let x = Math.max(left, -dx); x < right; x++) {
      const i = y * width + x;
      const k = i + dy * width + dx;
      const w = weights.data[i] * weights.data[k];
      const [u, v] = [plane.data[i], other.data[k]];
      weight += w;
      a += w * u;
      b += w * v;
      aa += w * u * u;
      bb += w * v * v;
      ab += w * u * v;
    }
  }
  if (weight < COVERED * edge * edge) return null;
  return { own: aa - (a * a) / weight, other: bb - (b * b) / weight, both: ab - (a * b) / weight };
}
