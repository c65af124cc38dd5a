/**
 * The inner loops of the painter, behind one interface. It is not the method: which pictures, guides and weights go in
 * is decided in ../painter.ts. Two implementations give the same numbers bit for bit: WebAssembly with SIMD
 * (./wasm.ts), and plain TypeScript (./reference.ts), which tests compare it with.
 *
 * All functions work on one `Level`, whose arrays belong to the implementation. Colours and guides are integers of
 * 1/16 unit. A match is a pixel of the source, `y << 16 | x`.
 */
import type { Plane } from '../../image/picture.ts';

/** Patches are 5 × 5. The target's pictures have a border of this many pixels on every side. */
export const PATCH_RADIUS = 2;
/** Steps a unit of L*a*b* or of a guide. */
export const FIXED_POINT = 16;
/** Values a pixel in the interleaved arrays: L, a, b and a 0; and guides. */
export const LAB_CHANNELS = 4;
export const GUIDE_CHANNELS = 16;
/** Uses of the source are counted in cells of this edge (px). */
export const USE_CELL = 4;

export interface LevelSize {
  readonly width: number;
  readonly height: number;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
}

/** One level of the pyramid. */
export interface Level extends LevelSize {
  /** The pixel of the target (it may lie outside) from which random choices are drawn. */
  readonly anchorX: number;
  readonly anchorY: number;
  /** [height + 4, width + 4, 4]: the picture that is painted. */
  readonly lab: Int16Array;
  /** [sourceHeight, sourceWidth, 4] */
  readonly sourceLab: Int16Array;
  /** [height + 4, width + 4, 16] */
  readonly guides: Int16Array;
  /** [sourceHeight, sourceWidth, 16] */
  readonly sourceGuides: Int16Array;
  /** [height, width]: where on the source (px) a pixel should come from, and the weight of a squared px away from there. */
  readonly positionX: Float32Array;
  readonly positionY: Float32Array;
  readonly positionWeight: Float32Array;
  /** [height, width]: 1 where the target is painted. */
  readonly region: Uint8Array;
  /** [sourceHeight, sourceWidth]: 1 where a patch of the source may be taken. */
  readonly valid: Uint8Array;
  /** [height, width]: the nearest-neighbour field, and its energies. */
  readonly field: Int32Array;
  readonly costs: Float32Array;
  /** Matches in each cell of the source; and in each were the source used evenly, see `evenUseOf`. */
  readonly uses: Int32Array;
  evenUse: number;
}

/** What an energy is made of: see `energy` in ./reference.ts. */
export interface EnergyWeights {
  /** Of the mean squared difference of two patches. */
  readonly style: number;
  /** Energy that the distance from the guided position approaches and never exceeds. */
  readonly positionCap: number;
  /** Energy of a source cell that is used as often as an even use of the source would have it. */
  readonly uniformity: number;
  /** Energy that the use of a cell approaches and never exceeds. */
  readonly uniformityCap: number;
}

export interface Kernels {
  /** Zeroed arrays for a level; the ones given before are lost. */
  openLevel(size: LevelSize, anchorX: number, anchorY: number): Level;
  /** Energies of the present field. */
  computeCosts(level: Level, weights: EnergyWeights): void;
  /**
   * One sweep of PatchMatch (Barnes et al. 2009): matches of neighbours, then random ones ever nearer, then one near the
   * guided position. Uses are counted on while it runs: rows that were swept apart, each band with a count of its own, differed
   * at their borders where the source has little that fits. What costs nothing is kept: energies of 0 hold a match in place.
   * @param index even sweeps run forwards, odd ones backwards
   * @param reach px of the first random radius
   */
  sweep(level: Level, weights: EnergyWeights, index: number, reach: number, seed: number): void;
  /** The mean of what the patches over each pixel show there becomes `level.lab`. */
  vote(level: Level): void;
  /**
   * The same over 3 × 3 pixels of each patch, where patches of low energy count more: crisper, for the last vote.
   * @param scale energy at which a patch has half of its weight
   */
  voteByEnergy(level: Level, scale: number): void;
  /** Repeats the outermost pixels of `level.lab` into its border. */
  padBorders(level: Level): void;
  /**
   * Generalised Kuwahara filter (Papari et al. 2007; Kyprianidis et al. 2009) with eight sectors: flattens what is
   * smaller than `radius` (px) and keeps edges. @param threshold see `kuwaharaSectors`
   */
  kuwahara(plane: Plane, radius: number, threshold: number): Plane;
}

/** Number of cells in which the uses of a source are counted. */
export const countCells = ({ sourceWidth, sourceHeight }: LevelSize): number =>
  (Math.floor(sourceWidth / USE_CELL) + 1) * (Math.floor(sourceHeight / USE_CELL) + 1);

/** Matches that each cell of the source gets where all of it is used evenly. */
export function evenUseOf({ region, valid }: Pick<Level, 'region' | 'valid'>): number {
  const count = (flags: Uint8Array) => {
    let sum = 0;
    for (let i = 0; i < flags.length; i++) sum += flags[i];
    return Math.max(1, sum);
  };
  return (USE_CELL * USE_CELL * count(region)) / count(valid);
}

/** Factors that turn the kernels' sums of integers into energies. */
export function scalesOf(level: Level, { style, uniformity }: EnergyWeights) {
  const unit = FIXED_POINT * FIXED_POINT;
  const { evenUse } = level;
  return {
    style: Math.fround(style / ((2 * PATCH_RADIUS + 1) ** 2 * unit)),
    // The middle counts 8/20, each corner of the patch 3/20.
    guide: Math.fround(1 / (20 * unit)),
    use: Math.fround(uniformity / evenUse),
  };
}

const SECTORS = 8;

/**
 * The weights of the Kuwahara filter's sectors, [(2r + 1)², 8]: a Gaussian of sigma r/2, shared out between neighbouring
 * sectors by angle; each sector sums to 1. The middle belongs to all.
 */
export function kuwaharaSectors(radius: number): Float32Array {
  const edge = 2 * radius + 1;
  const weights = new Float32Array(edge * edge * SECTORS);
  const width = (2 * Math.PI) / SECTORS;
  const sums = new Float64Array(SECTORS);
  const each = (visit: (at: number, sector: number, weight: number) => void) => {
    for (let j = -radius, at = 0; j <= radius; j++) {
      for (let i = -radius; i <= radius; i++, at += SECTORS) {
        const gauss = Math.exp(-0.5 * ((i * i + j * j) / (radius / 2) ** 2));
        for (let k = 0; k < SECTORS; k++) {
          const turn = Math.abs(Math.atan2(j, i) - k * width) % (2 * Math.PI);
          const apart = Math.min(turn, 2 * Math.PI - turn);
          const share = i === 0 && j === 0 ? 1 / SECTORS : Math.max(0, 1 - apart / width);
          visit(at + k, k, gauss * share);
        }
      }
    }
  };
  each((_, sector, weight) => {
    sums[sector] += weight;
  });
  each((at, sector, weight) => {
    weights[at] = weight / sums[sector];
  });
  return weights;
}

/** A plane with `radius` mirrored pixels on every side. */
export function mirrorPadded({ width, height, data }: Plane, radius: number, out: Float32Array): void {
  const at = (i: number, size: number) => {
    const period = 2 * size;
    const k = ((i % period) + period) % period;
    return k < size ? k : period - 1 - k;
  };
  const stride = width + 2 * radius;
  for (let y = -radius; y < height + radius; y++) {
    const row = at(y, height) * width;
    const to = (y + radius) * stride + radius;
    for (let x = -radius; x < 0; x++) out[to + x] = data[row + at(x, width)];
    out.set(data.subarray(row, row + width), to);
    for (let x = width; x < width + radius; x++) out[to + x] = data[row + at(x, width)];
  }
}
