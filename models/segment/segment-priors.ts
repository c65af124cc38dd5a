/**
 * Where skin, hair and clothes are before any colour is looked at, as relative odds. All in the face frame: x to the
 * side (never negative), y downwards, in face heights from the middle of the face (the chin is at 0.5); `radius` is 1
 * on the mesh's outline.
 */

/** What is known of a head before its pixels are told apart. */
export interface Head {
  readonly isBald: boolean;
  /** y of the upper edge of the brows; above it a fringe may hang. */
  readonly brows: number;
  /** 0..1: how much hair hangs beside the jaw. */
  readonly hangsLeft: number;
  readonly hangsRight: number;
}

export function skinPrior(x: number, y: number, radius: number, { isBald, brows }: Head): number {
  if (radius < 0.97) return y > brows ? 50 : 2;
  const isEar = y > -0.25 && y < 0.2 && radius < 1.25;
  if (isEar) return 1;
  if (y < 0.3) return isBald ? 1 : radius < 1.15 ? 0.6 : 0.15;
  const neck = x < 0.4 ? 1.2 : 0.25;
  return y < 0.9 ? neck : neck * Math.exp(-(y - 0.9) * 3);
}

/** @param hangs 0..1: how much hair hangs beside the jaw on this side */
export function hairPrior(x: number, y: number, radius: number, { brows }: Head, hangs: number): number {
  if (radius < 0.97) return y > brows ? 0.01 : 1;
  if (y < 0.2) return 1.5;
  const long = (x < 0.25 ? 0.1 : 0.9) * Math.exp(-(y - 0.3));
  const short = 0.7 * Math.exp(-(y - 0.2) * 12);
  return short + hangs * (long - short);
}

export function clothesPrior(x: number, y: number, hangs: number): number {
  const top = x < 0.25 ? 0.55 : 0.35 + 0.1 * hangs;
  if (y < top) return 0.01;
  return Math.min(1.5, 0.05 + (y - top) * (4 - 2 * hangs));
}
