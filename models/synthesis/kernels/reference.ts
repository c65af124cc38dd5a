/**
 * The kernels in plain TypeScript: what ./assembly computes, to be read and to be compared with, bit for bit. Energies are
 * 32-bit floats, so every operation on them is rounded (`f`); sums of squared differences are integers and exact.
 */
import { createPlane, type Plane } from '../../image/picture.ts';
import {
  countCells,
  type EnergyWeights,
  GUIDE_CHANNELS,
  type Kernels,
  kuwaharaSectors,
  LAB_CHANNELS,
  type Level,
  type LevelSize,
  mirrorPadded,
  PATCH_RADIUS,
  scalesOf,
  USE_CELL,
} from './kernels.ts';

const f = Math.fround;
/** Energy of a match that no patch may be taken from: anything else is better. */
const UNUSABLE = 1e9;
/** Weights of the guides at the middle of a patch and at each of its corners; scalesOf divides by their sum. */
const [MIDDLE, CORNER] = [8, 3];
const CORNERS = [-PATCH_RADIUS, PATCH_RADIUS].flatMap((j) =>
  [-PATCH_RADIUS, PATCH_RADIUS].map((i) => [i, j] as const),
);
/** Rows of a patch that are compared before a match that is already worse than the best is given up. */
const ROWS = [[-2, -1], [0, 1], [2]] as const;
const LAST = ROWS.length - 1;

export function referenceKernels(): Kernels {
  return {
    openLevel,
    computeCosts(level, weights) {
      const terms = termsOf(level, weights);
      countUses(level);
      eachPainted(level, (x, y, k) => {
        const [u, v] = placeOf(level.field[k]);
        const unusable = isUsable(level, u, v) ? 0 : UNUSABLE;
        level.costs[k] = energy(level, terms, [x, y], [u, v], Number.POSITIVE_INFINITY) + unusable;
      });
    },
    sweep(level, weights, index, reach, seed) {
      const terms = termsOf(level, weights);
      countUses(level);
      sweep(level, terms, { forwards: index % 2 === 0, reach, seed });
    },
    vote(level) {
      eachPainted(level, (x, y) => level.lab.set(meanOfPatches(level, x, y), labAt(level, x, y)));
      padBorders(level);
    },
    voteByEnergy(level, scale) {
      eachPainted(level, (x, y) => level.lab.set(meanByEnergy(level, x, y, f(scale)), labAt(level, x, y)));
      padBorders(level);
    },
    padBorders,
    kuwahara,
  };
}

function openLevel(size: LevelSize, anchorX: number, anchorY: number): Level {
  const target = size.width * size.height;
  const padded = (size.width + 2 * PATCH_RADIUS) * (size.height + 2 * PATCH_RADIUS);
  const source = size.sourceWidth * size.sourceHeight;
  return {
    ...{ ...size, anchorX, anchorY },
    lab: new Int16Array(padded * LAB_CHANNELS),
    sourceLab: new Int16Array(source * LAB_CHANNELS),
    guides: new Int16Array(padded * GUIDE_CHANNELS),
    sourceGuides: new Int16Array(source * GUIDE_CHANNELS),
    positionX: new Float32Array(target),
    positionY: new Float32Array(target),
    positionWeight: new Float32Array(target),
    region: new Uint8Array(target),
    valid: new Uint8Array(source),
    field: new Int32Array(target),
    costs: new Float32Array(target),
    uses: new Int32Array(countCells(size)),
    evenUse: 1,
  };
}

/** What the terms of the energy are multiplied by, and where they end: 32-bit floats. */
interface Terms {
  readonly style: number;
  readonly guide: number;
  readonly use: number;
  readonly positionCap: number;
  readonly useCap: number;
}

const termsOf = (level: Level, weights: EnergyWeights): Terms => ({
  ...scalesOf(level, weights),
  positionCap: f(weights.positionCap),
  useCap: f(weights.uniformityCap),
});

type Place = readonly [x: number, y: number];

/**
 * E = style · Σ |T(p+i) − S(q+i)|² + guide · Σ w |G(p+j) − G(q+j)|² + position(M(p), q) + use · uses(q), the last two
 * bent so that they approach their cap. Infinity as soon as it is known to reach `best`.
 */
function energy(level: Level, terms: Terms, p: Place, q: Place, best: number): number {
  const guides = f(f(guideDistance(level, p, q)) * terms.guide);
  const placed = f(guides + capped(positionTerm(level, p, q), terms.positionCap));
  const use = f(level.uses[cellOf(level, q)] * terms.use);
  const rest = f(placed + capped(use, terms.useCap));
  if (rest >= best) return Number.POSITIVE_INFINITY;
  if (terms.style === 0) return rest;
  const limit = f(f(best - rest) / terms.style);
  let sum = 0;
  for (const [i, rows] of ROWS.entries()) {
    for (const j of rows) sum += rowDistance(level, p, q, j);
    if (i < LAST && f(sum) >= limit) return Number.POSITIVE_INFINITY;
  }
  return f(rest + f(f(sum) * terms.style));
}

const capped = (value: number, cap: number): number => f(f(value * cap) / f(value + cap));

function positionTerm(
  { width, positionX, positionY, positionWeight }: Level,
  [x, y]: Place,
  [u, v]: Place,
): number {
  const k = y * width + x;
  const dx = f(positionX[k] - u);
  const dy = f(positionY[k] - v);
  return f(f(f(dx * dx) + f(dy * dy)) * positionWeight[k]);
}

/** At the middle and the corners of the patches. */
function guideDistance(level: Level, p: Place, q: Place): number {
  const at = (i: number, j: number) => {
    const from = ((p[1] + j + PATCH_RADIUS) * strideOf(level) + p[0] + i + PATCH_RADIUS) * GUIDE_CHANNELS;
    const to = ((q[1] + j) * level.sourceWidth + q[0] + i) * GUIDE_CHANNELS;
    return squaredDistance(level.guides, from, level.sourceGuides, to, GUIDE_CHANNELS);
  };
  return MIDDLE * at(0, 0) + CORNER * CORNERS.reduce((sum, [i, j]) => sum + at(i, j), 0);
}

/** Of row `j` (−2..2) of the patches. */
function rowDistance(level: Level, p: Place, q: Place, j: number): number {
  const from = labAt(level, p[0] - PATCH_RADIUS, p[1] + j);
  const to = ((q[1] + j) * level.sourceWidth + q[0] - PATCH_RADIUS) * LAB_CHANNELS;
  return squaredDistance(level.lab, from, level.sourceLab, to, (2 * PATCH_RADIUS + 1) * LAB_CHANNELS);
}

function squaredDistance(a: Int16Array, from: number, b: Int16Array, to: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (a[from + i] - b[to + i]) ** 2;
  return sum;
}

/** Pixels of a padded row of the target. */
const strideOf = ({ width }: Level) => width + 2 * PATCH_RADIUS;
const labAt = (level: Level, x: number, y: number) =>
  ((y + PATCH_RADIUS) * strideOf(level) + x + PATCH_RADIUS) * LAB_CHANNELS;
const placeOf = (match: number): Place => [match & 0xffff, match >>> 16];
const cellOf = ({ sourceWidth }: Level, [u, v]: Place) =>
  Math.floor(v / USE_CELL) * (Math.floor(sourceWidth / USE_CELL) + 1) + Math.floor(u / USE_CELL);

const isUsable = ({ sourceWidth, sourceHeight, valid }: Level, u: number, v: number): boolean =>
  u >= PATCH_RADIUS &&
  v >= PATCH_RADIUS &&
  u < sourceWidth - PATCH_RADIUS &&
  v < sourceHeight - PATCH_RADIUS &&
  valid[v * sourceWidth + u] !== 0;

function eachPainted({ width, region }: Level, visit: (x: number, y: number, k: number) => void): void {
  region.forEach((isPainted, k) => {
    if (isPainted) visit(k % width, Math.floor(k / width), k);
  });
}

function countUses(level: Level): void {
  level.uses.fill(0);
  eachPainted(level, (_x, _y, k) => {
    level.uses[cellOf(level, placeOf(level.field[k]))]++;
  });
}

interface Sweep {
  readonly forwards: boolean;
  readonly reach: number;
  readonly seed: number;
}

function sweep(level: Level, terms: Terms, how: Sweep): void {
  const { width, height, region } = level;
  const step = how.forwards ? -1 : 1;
  for (let row = 0; row < height; row++) {
    const y = how.forwards ? row : height - 1 - row;
    const hasRow = y + step >= 0 && y + step < height;
    for (let column = 0; column < width; column++) {
      const x = how.forwards ? column : width - 1 - column;
      if (region[y * width + x]) improve(level, terms, [x, y], hasRow, step, how);
    }
  }
}

/** The matches of neighbours, random ones ever nearer to the best, one near the guided position: the best is kept. */
function improve(
  level: Level,
  terms: Terms,
  p: Place,
  hasRow: boolean,
  step: number,
  { reach, seed }: Sweep,
): void {
  const { width, region, field, costs, uses } = level;
  const [x, y] = p;
  const k = y * width + x;
  if (costs[k] <= 0) return;
  const consider = (u: number, v: number) => {
    const match = (v << 16) | u;
    if (!isUsable(level, u, v) || match === field[k]) return;
    const cost = energy(level, terms, p, [u, v], costs[k]);
    if (cost >= costs[k]) return;
    uses[cellOf(level, placeOf(field[k]))]--;
    uses[cellOf(level, [u, v])]++;
    field[k] = match;
    costs[k] = cost;
  };
  if (x + step >= 0 && x + step < width && region[k + step]) {
    const [u, v] = placeOf(field[k + step]);
    consider(u - step, v);
  }
  const near = k + step * width;
  if (hasRow && region[near]) {
    const [u, v] = placeOf(field[near]);
    consider(u, v - step);
  }
  let random = mix(seed ^ mix(Math.imul(x - level.anchorX, 0x9e3779b1) ^ mix(y - level.anchorY)));
  const around = (u: number, v: number, radius: number) =>
    consider(u + spread(random, radius), v + spread(random >>> 16, radius));
  for (let radius = reach; radius >= 1; radius >>= 1) {
    around(...placeOf(field[k]), radius);
    random = mix(random + 0x9e3779b9);
  }
  around(nearest(level.positionX[k]), nearest(level.positionY[k]), Math.max(1, reach >> 2));
}

/** 32 well mixed bits (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** An integer of -reach..reach from 16 random bits. */
const spread = (bits: number, reach: number): number =>
  (Math.imul(bits & 0xffff, 2 * reach + 1) >>> 16) - reach;

/** The nearest integer; of two, the even one. */
function nearest(value: number): number {
  const below = Math.floor(value);
  return value - below === 0.5 ? 2 * Math.round(value / 2) : Math.round(value);
}

/** What all patches over a pixel show there, in the mean. */
function meanOfPatches(
  { width, height, region, field, sourceWidth, sourceLab }: Level,
  x: number,
  y: number,
) {
  const sum = [0, 0, 0, 0];
  let count = 0;
  for (let v = Math.max(0, y - PATCH_RADIUS); v <= Math.min(height - 1, y + PATCH_RADIUS); v++) {
    for (let u = Math.max(0, x - PATCH_RADIUS); u <= Math.min(width - 1, x + PATCH_RADIUS); u++) {
      if (!region[v * width + u]) continue;
      const [matchX, matchY] = placeOf(field[v * width + u]);
      const from = ((matchY + y - v) * sourceWidth + matchX + x - u) * LAB_CHANNELS;
      for (let c = 0; c < LAB_CHANNELS; c++) sum[c] += sourceLab[from + c];
      count++;
    }
  }
  return sum.map((value) => nearest(f(value / count)));
}

/** In the order and the precision of the kernel: 32-bit floats throughout. */
function meanByEnergy(level: Level, x: number, y: number, scale: number): number[] {
  const { width, height, region, field, costs, sourceWidth, sourceLab } = level;
  const sum = [0, 0, 0, 0];
  let total = 0;
  for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
    for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
      const k = v * width + u;
      if (!region[k]) continue;
      const [matchX, matchY] = placeOf(field[k]);
      const from = ((matchY + y - v) * sourceWidth + matchX + x - u) * LAB_CHANNELS;
      const relative = f(costs[k] / scale);
      const weight = f(1 / f(1 + f(relative * relative)));
      for (let c = 0; c < LAB_CHANNELS; c++) sum[c] = f(sum[c] + f(weight * sourceLab[from + c]));
      total = f(total + weight);
    }
  }
  return sum.map((value) => nearest(f(value / total)));
}

function padBorders(level: Level): void {
  const { lab, width, height } = level;
  const inside = (value: number, size: number) => Math.min(size - 1, Math.max(0, value));
  for (let y = -PATCH_RADIUS; y < height + PATCH_RADIUS; y++) {
    for (let x = -PATCH_RADIUS; x < width + PATCH_RADIUS; x++) {
      const from = labAt(level, inside(x, width), inside(y, height));
      lab.copyWithin(labAt(level, x, y), from, from + LAB_CHANNELS);
    }
  }
}

/** Bit-equal as well: sums are taken in the same order. */
function kuwahara(plane: Plane, radius: number, threshold: number): Plane {
  const { width, height } = plane;
  const [edge, stride] = [2 * radius + 1, width + 2 * radius];
  const weights = kuwaharaSectors(radius);
  const sectors = weights.length / edge ** 2;
  const padded = new Float32Array(stride * (height + 2 * radius));
  mirrorPadded(plane, radius, padded);
  const scale = f(1 / f(f(threshold) * f(threshold)));
  const out = createPlane(width, height);
  const [mean, square] = [new Float32Array(sectors), new Float32Array(sectors)];
  for (let i = 0; i < out.data.length; i++) {
    mean.fill(0);
    square.fill(0);
    const corner = Math.floor(i / width) * stride + (i % width);
    for (let k = 0; k < edge * edge; k++) {
      const value = padded[corner + Math.floor(k / edge) * stride + (k % edge)];
      for (let s = 0; s < sectors; s++) {
        const weighted = f(weights[k * sectors + s] * value);
        mean[s] += weighted;
        square[s] += f(weighted * value);
      }
    }
    out.data[i] = weightedMean(mean, square, scale);
  }
  return out;
}

/** Sectors weighted by 1 / (1 + (variance / threshold²)⁴): sharpness 8 of Kyprianidis et al. 2009. */
function weightedMean(mean: Float32Array, square: Float32Array, scale: number): number {
  const weights = mean.map((value, s) => {
    const variance = Math.max(0, f(square[s] - f(value * value)));
    const squared = f(f(variance * scale) ** 2);
    return 1 / f(1 + f(squared * squared));
  });
  /** The two halves of the sectors are lanes of one vector, summed last. */
  const lanes = (values: Float32Array) =>
    f(
      f(f(f(values[0] + values[4]) + f(values[1] + values[5])) + f(values[2] + values[6])) +
        f(values[3] + values[7]),
    );
  return f(lanes(mean.map((value, s) => weights[s] * value)) / lanes(weights));
}
