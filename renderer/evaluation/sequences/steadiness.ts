/** How steady a row of pictures is, by the motion of the portraits they were made from. */
import type { Picture } from '../../../models/image/picture.ts';
import { frameDifference, type Head, type Motion, motionOf, warpingError } from './sequence-measures.ts';

/** Pictures over which texture has to stay on the person, too. */
const CHAIN = 10;

export type Motions = (from: number, to: number) => Motion;

/** Motions between pictures, each found once. */
export function createMotions(pictures: readonly Picture[], heads: readonly Head[]): Motions {
  const known = new Map<string, Motion>();
  return (from, to) => {
    const key = `${from}-${to}`;
    const motion = known.get(key) ?? motionOf(pictures[from], pictures[to], heads[from].mask, heads[to].mask);
    known.set(key, motion);
    return motion;
  };
}

export function steadiness(pictures: readonly Picture[], heads: readonly Head[], motion: Motions) {
  const pairs = pictures.slice(1).map((_, i) => [i, i + 1] as const);
  const chains = pictures.slice(CHAIN).map((_, i) => [i, i + CHAIN] as const);
  const errors = (list: typeof pairs) =>
    list.map(([a, b]) => warpingError(pictures[a], pictures[b], motion(a, b)));
  return {
    warpingError: mean(errors(pairs)),
    chainedError: chains.length > 0 ? mean(errors(chains.filter((_, i) => i % 3 === 0))) : null,
    frameDifference: mean(pairs.map(([a, b]) => frameDifference(pictures[a], pictures[b], heads[a].mask))),
  };
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
