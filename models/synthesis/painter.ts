/**
 * The painter: one energy over patches of a source, minimised by PatchMatch from coarse to fine (Fišer et al. 2016,
 * "StyLit"; Barnes et al. 2009). Of a target pixel p with match q
 *
 *   E = style · mean |T(p+i) − S(q+i)|² + Σ w |G(p+j) − G(q+j)|² + position(M(p), q) + uniformity · uses(q) / evenUse
 *
 * over the 25 pixels i of a patch and, for guides, its middle and corners j. T is the mean of what all patches show.
 */
import type { LabPlanes } from '../image/colour.ts';
import type { Plane } from '../image/picture.ts';
import type { EnergyWeights, Kernels, Level } from './kernels/kernels.ts';
import { evenUseOf, LAB_CHANNELS, PATCH_RADIUS } from './kernels/kernels.ts';
import type { PositionMap } from './moving-least-squares.ts';
import {
  halve,
  halveFlags,
  halveLab,
  halvePositions,
  interleave,
  interleaveGuides,
  readLab,
  type SourceLevel,
} from './pyramid.ts';

/** What is to be painted. Width and height are multiples of 2 to the number of levels less one. */
export interface PaintTarget {
  /** What stands outside the region. */
  readonly lab: LabPlanes;
  readonly guides: readonly Plane[];
  readonly positions: PositionMap;
  /** Energy of a squared pixel of distance from the guided position. */
  readonly positionWeight: Plane;
  /** 1 where it is painted. */
  readonly region: Uint8Array;
  /** A multiple as the sizes are: the pixel that random choices are told from. */
  readonly anchor: readonly [x: number, y: number];
}

export interface PaintOptions {
  readonly weights: EnergyWeights;
  /** Rounds of matching and voting at each level, coarsest first. */
  readonly iterations: readonly number[];
  /** Sweeps of PatchMatch a round. */
  readonly sweeps: number;
  /** px at the finest level of the first random radius. */
  readonly searchRadius: number;
  readonly seed: number;
  /**
   * What the picture should be changed to before it is matched again, so that patches of the source show the change.
   * Called so many times at the finest level.
   */
  readonly corrections: number;
  correct(lab: LabPlanes): LabPlanes;
  /** Energy at which a patch has half of its weight in the last vote. */
  readonly voteEnergy: number;
}

export interface Painted {
  readonly lab: LabPlanes;
  readonly field: Int32Array;
  /** Energy by which each patch counts in the last vote. */
  readonly energies: Float32Array;
}

/** First random radius (px) at the least. */
export const LEAST_REACH = 8;

/** @param source the pyramid of the source, finest first */
export function paint(
  kernels: Kernels,
  target: PaintTarget,
  source: readonly SourceLevel[],
  options: PaintOptions,
): Painted {
  const targets = targetPyramid(target, options.iterations.length);
  let coarse: Field | null = null;
  let level: Level | null = null;
  for (const [i, rounds] of options.iterations.entries()) {
    const step = options.iterations.length - 1 - i;
    const here = targets[step];
    level = openLevel(kernels, here, source[step]);
    if (coarse) inheritField(level, coarse);
    else guessField(level);
    const reach = coarse
      ? options.searchRadius / 2 ** step
      : Math.max(level.sourceWidth, level.sourceHeight) / 2;
    for (let round = 0; round < rounds; round++) {
      const isFirst = !coarse && round === 0;
      if (coarse && round === 0) kernels.vote(level);
      const weights = isFirst ? { ...options.weights, style: 0 } : options.weights;
      match(kernels, level, weights, options, reach, 16 * i + round);
      kernels.vote(level);
    }
    coarse = { width: level.width, matches: level.field.slice() };
  }
  if (!level) throw new RangeError('Expected at least one level of the pyramid.');
  for (let k = 0; k < options.corrections; k++) {
    const { width, height } = level;
    writeLab(level, options.correct(readLab(level.lab, width, height)));
    kernels.padBorders(level);
    match(kernels, level, options.weights, options, options.searchRadius, 1024 + k);
    kernels.vote(level);
  }
  kernels.voteByEnergy(level, options.voteEnergy);
  const lab = readLab(level.lab, level.width, level.height);
  return { lab, field: level.field.slice(), energies: level.costs.slice() };
}

function match(
  kernels: Kernels,
  level: Level,
  weights: EnergyWeights,
  { sweeps, seed }: PaintOptions,
  reach: number,
  round: number,
): void {
  kernels.computeCosts(level, weights);
  for (let i = 0; i < sweeps; i++) {
    kernels.sweep(level, weights, i, Math.max(LEAST_REACH, Math.round(reach)), hash(seed, round, i));
  }
}

/** A seed of 32 bits. */
export const hash = (...values: number[]): number =>
  values.reduce((sum, value) => Math.imul(sum ^ value, 0x9e3779b1) >>> 0, 0x811c9dc5);

function targetPyramid(target: PaintTarget, levels: number): PaintTarget[] {
  const pyramid = [target];
  for (let i = 1; i < levels; i++) {
    const { lab, guides, positions, positionWeight, region, anchor } = pyramid[i - 1];
    const weight = halve(positionWeight);
    for (let k = 0; k < weight.data.length; k++) weight.data[k] *= 4;
    pyramid.push({
      lab: halveLab(lab),
      guides: guides.map(halve),
      positions: halvePositions(positions),
      positionWeight: weight,
      region: halveFlags(region, lab.l.width, lab.l.height, false),
      anchor: [anchor[0] / 2, anchor[1] / 2],
    });
  }
  return pyramid;
}

export function openLevel(kernels: Kernels, target: PaintTarget, source: SourceLevel): Level {
  const { width, height } = target.lab.l;
  const size = { width, height, sourceWidth: source.width, sourceHeight: source.height };
  const level = kernels.openLevel(size, Math.floor(target.anchor[0]), Math.floor(target.anchor[1]));
  level.sourceLab.set(source.lab);
  level.sourceGuides.set(source.guides);
  level.valid.set(source.valid);
  level.region.set(target.region);
  level.positionX.set(target.positions.x.data);
  level.positionY.set(target.positions.y.data);
  level.positionWeight.set(target.positionWeight.data);
  level.evenUse = evenUseOf(level);
  interleaveGuides(target.guides, level.guides);
  writeLab(level, target.lab);
  kernels.padBorders(level);
  return level;
}

export const writeLab = (level: Level, { l, a, b }: LabPlanes) =>
  interleave([l, a, b], LAB_CHANNELS, PATCH_RADIUS, level.lab);

interface Field {
  readonly width: number;
  readonly matches: Int32Array;
}

/** The guided positions. @param isWanted which pixels; all where it is left out */
export function guessField(level: Level, isWanted: (pixel: number) => boolean = () => true): void {
  const { field, positionX, positionY } = level;
  for (let k = 0; k < field.length; k++)
    if (isWanted(k)) field[k] = matchAt(level, Math.round(positionX[k]), Math.round(positionY[k]));
}

/** The matches of the level before, twice as far. */
function inheritField(level: Level, coarse: Field): void {
  const { width, height, field } = level;
  for (let y = 0, k = 0; y < height; y++) {
    for (let x = 0; x < width; x++, k++) {
      const from = coarse.matches[(y >> 1) * coarse.width + (x >> 1)];
      field[k] = matchAt(level, 2 * (from & 0xffff) + (x & 1), 2 * (from >>> 16) + (y & 1));
    }
  }
}

/** A match whose patch lies inside the source. */
export function matchAt(
  { sourceWidth, sourceHeight }: Pick<Level, 'sourceWidth' | 'sourceHeight'>,
  u: number,
  v: number,
): number {
  const inside = (value: number, size: number) =>
    Math.min(size - PATCH_RADIUS - 1, Math.max(PATCH_RADIUS, value));
  return (inside(v, sourceHeight) << 16) | inside(u, sourceWidth);
}
