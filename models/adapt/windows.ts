/** Which parts of the reference adaptation learns from, which it stops by, and which it is judged by. */
import type { Rect } from '../image/picture.ts';

export interface Windows {
  /** A quarter of the reference that nothing learns from and nothing is chosen by. */
  readonly heldOut: Rect;
  /** An eighth, by which the best weights are chosen. */
  readonly validation: Rect;
}

/** Both lie in the right half, so that half of a face is learnt from. Edges are multiples of 4 px. */
export function windowsOf({ width, height }: { width: number; height: number }): Windows {
  const quarter = (length: number) => Math.floor(length / 16) * 4;
  const [x, y] = [2 * quarter(width), quarter(height)];
  const size = { x, width: 2 * quarter(width) };
  return { heldOut: { ...size, y, height: 2 * y }, validation: { ...size, y: 0, height: y } };
}

/** Pixels around a crop that shrinking it by 4 looks at. */
const SEEN = 8;

/** Whether a rectangle, and what its small copy depends on, keeps clear of both. */
export function isLearnt({ x, y, width, height }: Rect, { heldOut, validation }: Windows): boolean {
  const seen = { x: x - SEEN, y: y - SEEN, width: width + 2 * SEEN, height: height + 2 * SEEN };
  return !overlaps(seen, heldOut) && !overlaps(seen, validation);
}

function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
