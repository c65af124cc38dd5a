/**
 * Goes on with a painting whose guides have changed a little: patches stay where their energy allows, and only what has
 * become wrong is matched again, so that a picture that hardly changes is painted alike.
 */
import type { Kernels, Level } from './kernels/kernels.ts';
import {
  guessField,
  hash,
  LEAST_REACH,
  openLevel,
  type Painted,
  type PaintOptions,
  type PaintTarget,
  writeLab,
} from './painter.ts';
import { readLab, type SourceLevel } from './pyramid.ts';

/** A painting as it was left. */
export interface PaintState {
  /** Matches, see `Level.field`. */
  readonly field: Int32Array;
  /** Energy that each patch had when it was placed. It counts by that in the last vote, so that what stays looks the same. */
  readonly energies: Float32Array;
  readonly region: Uint8Array;
}

export interface RepaintOptions extends PaintOptions {
  /**
   * Factor by which the energy of a patch may grow, and energy that may come on top, before it is matched again; beyond
   * that by `otherwise`, it shows what no longer stands there, and is forgotten.
   */
  readonly tolerance: { readonly factor: number; readonly energy: number; readonly otherwise: number };
  /** 1 where patches are drawn anew whatever their energy; null for nowhere. */
  readonly redrawn: Uint8Array | null;
}

export interface Repainted extends Painted {
  readonly state: PaintState;
  /** Share (0..1) of the region that was matched again. */
  readonly matchedAgain: number;
}

/** What a painting leaves behind for the next one. */
export const paintState = ({ field, energies }: Painted, { region }: PaintTarget): PaintState => ({
  field,
  energies,
  region,
});

/**
 * @param target of the same size as before
 * @param source the finest level of what was painted from
 */
export function repaint(
  kernels: Kernels,
  target: PaintTarget,
  source: SourceLevel,
  before: PaintState,
  options: RepaintOptions,
): Repainted {
  const level = openLevel(kernels, target, source);
  const { width, height } = level;
  level.field.set(before.field);
  guessField(level, (k) => !before.region[k]);
  look(kernels, level, options);
  const reach = Math.max(LEAST_REACH, Math.round(options.searchRadius));
  const { held, forgotten, again, painted } = findWrong(level, before, options);
  if (forgotten.includes(1)) {
    // Matched by what it shows, it would show the edge of what it no longer is: a line of the ground in a head that has grown.
    const guidesAlone = { ...options.weights, style: 0 };
    kernels.computeCosts(level, guidesAlone);
    hold(level, (k) => !forgotten[k]);
    kernels.sweep(level, guidesAlone, 0, reach, hash(options.seed, 2049));
    look(kernels, level, options);
  }
  hold(level, (k) => held[k] === 1);
  if (options.redrawn) scatter(level, options.redrawn, options);
  for (let i = 0; again > 0 && i < options.sweeps; i++)
    kernels.sweep(level, options.weights, i, reach, hash(options.seed, 2048, i));
  for (let k = 0; k < level.costs.length; k++) if (held[k]) level.costs[k] = before.energies[k];
  kernels.voteByEnergy(level, options.voteEnergy);
  const [field, energies] = [level.field.slice(), level.costs.slice()];
  return {
    lab: readLab(level.lab, width, height),
    field,
    energies,
    state: { field, energies, region: target.region },
    matchedAgain: again / Math.max(1, painted),
  };
}

/** Votes, and tells what each match costs. */
function look(kernels: Kernels, level: Level, { correct, weights }: RepaintOptions): void {
  kernels.vote(level);
  writeLab(level, correct(readLab(level.lab, level.width, level.height)));
  kernels.padBorders(level);
  kernels.computeCosts(level, weights);
}

/** An energy of 0 holds a match in its place. */
function hold({ costs }: Level, isHeld: (pixel: number) => boolean): void {
  for (let k = 0; k < costs.length; k++) if (isHeld(k)) costs[k] = 0;
}

/** Energy of a match that anything replaces. */
const WORST = 1e9;

interface Wrong {
  /** 1 where a patch may stay. */
  readonly held: Uint8Array;
  /** 1 where a patch shows what no longer stands there. */
  readonly forgotten: Uint8Array;
  /** Pixels that are matched again, of those painted. */
  readonly again: number;
  readonly painted: number;
}

function findWrong(level: Level, before: PaintState, { tolerance, redrawn }: RepaintOptions): Wrong {
  const { width, region, costs } = level;
  const excess = new Float32Array(costs.length);
  for (let k = 0; k < costs.length; k++) {
    if (!region[k] || !before.region[k]) continue;
    excess[k] = costs[k] - (tolerance.factor * before.energies[k] + tolerance.energy);
  }
  const overlapping = patchMeans(excess, width);
  const held = new Uint8Array(costs.length);
  const forgotten = new Uint8Array(costs.length);
  let [again, painted] = [0, 0];
  for (let k = 0; k < costs.length; k++) {
    if (!region[k]) continue;
    painted++;
    if (before.region[k] && overlapping[k] <= 0 && !redrawn?.[k]) {
      held[k] = 1;
      continue;
    }
    again++;
    if (!before.region[k] || overlapping[k] > tolerance.otherwise) forgotten[k] = 1;
  }
  return { held, forgotten, again, painted };
}

/** The mean over the 5 × 5 patches that lie over each pixel: one wrong patch among good ones is not seen. */
function patchMeans(values: Float32Array, width: number): Float32Array {
  const along = (from: Float32Array, stride: number) => {
    const out = from.slice();
    for (let i = 2 * stride; i < from.length - 2 * stride; i++)
      out[i] =
        (from[i - 2 * stride] + from[i - stride] + from[i] + from[i + stride] + from[i + 2 * stride]) / 5;
    return out;
  };
  return along(along(values, 1), width);
}

/** Moves matches that are to be drawn anew away, all of a cell alike. */
function scatter(level: Level, redrawn: Uint8Array, { seed, searchRadius }: PaintOptions): void {
  const { width, field, costs, sourceWidth, sourceHeight } = level;
  const inside = (value: number, size: number) => Math.min(size - 3, Math.max(2, value));
  for (let k = 0; k < field.length; k++) {
    if (!redrawn[k]) continue;
    const [x, y] = [k % width, Math.floor(k / width)];
    const random = hash(seed, x >> 3, y >> 3);
    const spread = (bits: number) => Math.round(((bits & 0xff) / 127.5 - 1) * searchRadius);
    const u = inside((field[k] & 0xffff) + spread(random), sourceWidth);
    const v = inside((field[k] >>> 16) + spread(random >>> 8), sourceHeight);
    field[k] = (v << 16) | u;
    costs[k] = WORST;
  }
}
