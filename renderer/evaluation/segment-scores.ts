/** How well found segments agree with true ones: overlap of areas, and how near their borders are. */
import type { SegmentName } from '../../models/segment/segments.ts';

export const SEGMENT_CLASSES = ['hair', 'skin', 'clothes', 'person'] as const;
export type SegmentClass = (typeof SEGMENT_CLASSES)[number];

export interface SegmentScore {
  /** Intersection over union. */
  readonly iou: number;
  /** F-measure of the borders (Csurka et al. 2013): those found within TOLERANCE of true ones, and the reverse. */
  readonly boundary: number;
}

/** A class on a smaller share of the picture than this is not shown, or only by a slip of the label. */
const LEAST_SHARE = 0.005;
/** A border is right within this share of the picture's diagonal. */
const TOLERANCE = 0.0075;

/**
 * The scores of each class that the truth shows; pixels of unknown truth do not count.
 * @param width of the picture; the lists are its rows one after another
 */
export function scoreLabels(
  found: readonly SegmentName[],
  truth: readonly (SegmentName | undefined)[],
  width: number,
): Partial<Record<SegmentClass, SegmentScore>> {
  return Object.fromEntries(
    SEGMENT_CLASSES.flatMap((name) => {
      const isShown = (segment: SegmentName) =>
        name === 'person' ? segment !== 'background' : segment === name;
      const own = Uint8Array.from(found, (segment) => Number(isShown(segment)));
      // 2: unknown
      const wanted = Uint8Array.from(truth, (segment) => (segment ? Number(isShown(segment)) : 2));
      let [both, either, shown] = [0, 0, 0];
      for (const [i, b] of wanted.entries()) {
        if (b === 2) continue;
        both += own[i] & b;
        either += own[i] | b;
        shown += b;
      }
      if (shown <= LEAST_SHARE * truth.length) return [];
      return [[name, { iou: both / either, boundary: boundaryMeasure(own, wanted, width) }]];
    }),
  );
}

function boundaryMeasure(found: Uint8Array, truth: Uint8Array, width: number): number {
  const height = truth.length / width;
  const reach = Math.max(1, Math.round(TOLERANCE * Math.hypot(width, height)));
  const masked = found.map((value, i) => (truth[i] === 2 ? 2 : value));
  const [a, b] = [borders(masked, width), borders(truth, width)];
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0;
  const share = (some: readonly number[], others: readonly number[]) => {
    const near = around(others, reach, width, height);
    return some.filter((i) => near[i]).length / some.length;
  };
  const [precision, recall] = [share(a, b), share(b, a)];
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** Pixels of 1 beside a pixel of 0; where the picture or what is known ends there is no border. */
function borders(mask: Uint8Array, width: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] !== 1) continue;
    const x = i % width;
    if (
      (x > 0 && mask[i - 1] === 0) ||
      (x < width - 1 && mask[i + 1] === 0) ||
      mask[i - width] === 0 ||
      mask[i + width] === 0
    )
      found.push(i);
  }
  return found;
}

/** The pixels no further than `reach` from one of `points`. */
function around(points: readonly number[], reach: number, width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height);
  for (const i of points) {
    const [x, y] = [i % width, Math.floor(i / width)];
    for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++) {
      const half = Math.floor(Math.sqrt(reach * reach - (v - y) ** 2));
      mask.fill(1, v * width + Math.max(0, x - half), v * width + Math.min(width - 1, x + half) + 1);
    }
  }
  return mask;
}
