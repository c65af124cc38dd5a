/** The kernels in WebAssembly with SIMD, built from ./assembly. */
import { createPlane, type Plane } from '../../image/picture.ts';
import { BINARY } from './binary.ts';
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
} from './kernels.ts';

interface Exports {
  setSizes(width: number, height: number, sw: number, sh: number, anchorX: number, anchorY: number): void;
  setPictures(lab: number, sourceLab: number, guides: number, sourceGuides: number): void;
  setPlanes(x: number, y: number, weight: number, region: number, valid: number): void;
  setState(field: number, costs: number, uses: number): void;
  setWeights(style: number, guide: number, positionCap: number, use: number, useCap: number): void;
  countUses(): void;
  computeCosts(): void;
  sweep(forwards: number, reach: number, seed: number): void;
  vote(out: number): void;
  voteByEnergy(out: number, scale: number): void;
  padBorders(picture: number): void;
  kuwahara(
    source: number,
    out: number,
    width: number,
    height: number,
    radius: number,
    weights: number,
    threshold: number,
  ): void;
}

const PAGE = 65536;
/** Bytes at the start of the memory that the module keeps for itself. */
const RESERVED = 1024;
const MOST_PAGES = 32768;

export async function loadKernels(): Promise<Kernels> {
  const bytes = Uint8Array.from(atob(BINARY), (letter) => letter.charCodeAt(0));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES });
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory, abort: () => undefined } });
  return createKernels(instance.exports as unknown as Exports, memory);
}

function createKernels(run: Exports, memory: WebAssembly.Memory): Kernels {
  /** Room for arrays of so many bytes each. @returns where each begins */
  const reserve = (sizes: readonly number[]): number[] => {
    let end = RESERVED;
    const starts = sizes.map((size) => {
      const start = end;
      end += (size + 15) & ~15;
      return start;
    });
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return starts;
  };
  return {
    openLevel(size, anchorX, anchorY) {
      const lengths = arrayLengths(size);
      const names = Object.keys(lengths) as ArrayName[];
      const starts = reserve(names.map((name) => lengths[name] * ARRAYS[name].BYTES_PER_ELEMENT));
      const at = Object.fromEntries(names.map((name, i) => [name, starts[i]])) as Record<ArrayName, number>;
      const arrays = Object.fromEntries(
        names.map((name) => [name, new ARRAYS[name](memory.buffer, at[name], lengths[name]).fill(0)]),
      ) as unknown as Omit<Level, keyof LevelSize | 'anchorX' | 'anchorY' | 'evenUse'>;
      run.setSizes(size.width, size.height, size.sourceWidth, size.sourceHeight, anchorX, anchorY);
      run.setPictures(at.lab, at.sourceLab, at.guides, at.sourceGuides);
      run.setPlanes(at.positionX, at.positionY, at.positionWeight, at.region, at.valid);
      run.setState(at.field, at.costs, at.uses);
      return { ...size, anchorX, anchorY, evenUse: 1, ...arrays };
    },
    computeCosts(level, weights) {
      setWeights(run, level, weights);
      run.countUses();
      run.computeCosts();
    },
    sweep(level, weights, index, reach, seed) {
      setWeights(run, level, weights);
      run.countUses();
      run.sweep((index & 1) ^ 1, reach, seed);
    },
    vote(level) {
      run.vote(level.lab.byteOffset);
      run.padBorders(level.lab.byteOffset);
    },
    voteByEnergy(level, scale) {
      run.voteByEnergy(level.lab.byteOffset, scale);
      run.padBorders(level.lab.byteOffset);
    },
    padBorders: (level) => run.padBorders(level.lab.byteOffset),
    kuwahara(plane, radius, threshold) {
      const { width, height } = plane;
      const weights = kuwaharaSectors(radius);
      const padded = (width + 2 * radius) * (height + 2 * radius);
      const [from, to, at] = reserve([padded * 4, width * height * 4, weights.byteLength]);
      mirrorPadded(plane, radius, new Float32Array(memory.buffer, from, padded));
      new Float32Array(memory.buffer, at, weights.length).set(weights);
      run.kuwahara(from, to, width, height, radius, at, threshold);
      const out: Plane = createPlane(width, height);
      out.data.set(new Float32Array(memory.buffer, to, width * height));
      return out;
    },
  };
}

function setWeights(run: Exports, level: Level, weights: EnergyWeights): void {
  const { style, guide, use } = scalesOf(level, weights);
  run.setWeights(style, guide, weights.positionCap, use, weights.uniformityCap);
}

const ARRAYS = {
  lab: Int16Array,
  sourceLab: Int16Array,
  guides: Int16Array,
  sourceGuides: Int16Array,
  positionX: Float32Array,
  positionY: Float32Array,
  positionWeight: Float32Array,
  region: Uint8Array,
  valid: Uint8Array,
  field: Int32Array,
  costs: Float32Array,
  uses: Int32Array,
} as const;
type ArrayName = keyof typeof ARRAYS;

function arrayLengths(size: LevelSize): Record<ArrayName, number> {
  const target = size.width * size.height;
  const padded = (size.width + 2 * PATCH_RADIUS) * (size.height + 2 * PATCH_RADIUS);
  const source = size.sourceWidth * size.sourceHeight;
  return {
    lab: padded * LAB_CHANNELS,
    sourceLab: source * LAB_CHANNELS,
    guides: padded * GUIDE_CHANNELS,
    sourceGuides: source * GUIDE_CHANNELS,
    positionX: target,
    positionY: target,
    positionWeight: target,
    region: target,
    valid: source,
    field: target,
    costs: target,
    uses: countCells(size),
  };
}
