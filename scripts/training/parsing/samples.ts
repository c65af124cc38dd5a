/**
 * Training samples in files of fixed records, so that a step costs no drawing. A record: red, green, blue, person matte,
 * label, trust and hints, one byte a sample and plane [7, side, side]. Bit k of the hints is contour k of the mesh.
 */
import { closeSync, openSync, readSync, renameSync, statSync, writeSync } from 'node:fs';
import sharp from 'sharp';
import { CHIN } from '../../../models/face/index.ts';
import { PARSING_CHANNELS, PARSING_CLASSES, UNKNOWN } from '../../../models/face/parsing-classes.ts';
import { meshHints } from '../../../models/face/parsing-input.ts';
import { openNetwork } from '../../../models/runtime/index.ts';
import { uniformNumbers } from '../random.ts';
import { hasLongHair } from './borrow-hair.ts';
import type { Random } from './chance.ts';
import { makeSample } from './make-sample.ts';
import { placeScene, type Sitter } from './place-scene.ts';
import type { Backdrop } from './recolour.ts';
import { AREA, type Scene, SIDE } from './scene.ts';

const PLANES = 7;
const RECORD = PLANES * AREA;
/** Side of the network's output. */
const HALF = SIDE / 2;

/** How much a pixel of a class counts; small classes would drown otherwise. */
const CLASS_WEIGHTS = PARSING_CLASSES.map(
  (name) =>
    (
      ({ background: 0.8, hair: 1.4, facialHair: 2, faceSkin: 1.2, bodySkin: 1.4, clothes: 1 }) as Partial<
        Record<string, number>
      >
    )[name] ?? 2,
);

export type MatteOf = (rgb: Float32Array) => Promise<Float32Array>;

/** The product's person matte of a square, raw. */
export async function openMatte(): Promise<{ matteOf: MatteOf; release(): Promise<void> }> {
  const session = await openNetwork('selfie', { device: 'cpu', threads: 1 });
  return {
    matteOf: async (data) => (await session.run({ input: { dims: [1, 3, SIDE, SIDE], data } })).matte.data,
    release: () => session.release(),
  };
}

async function encodeRecord(scene: Scene, matteOf: MatteOf): Promise<Uint8Array> {
  const record = new Uint8Array(RECORD);
  for (let i = 0; i < 3 * AREA; i++) record[i] = Math.round(255 * scene.rgb[i]);
  const matte = await matteOf(scene.rgb);
  for (let i = 0; i < AREA; i++) record[3 * AREA + i] = Math.round(255 * matte[i]);
  record.set(scene.labels, 4 * AREA);
  record.set(scene.trust, 5 * AREA);
  for (const [k, hint] of meshHints(scene.landmarks).entries())
    for (let i = 0; i < AREA; i++) if (hint[i] > 0) record[6 * AREA + i] |= 1 << k;
  return record;
}

/** Writes one sample of each sitter. Painted copies are not dressed and drawn once more. */
export async function packRound(
  file: string,
  sitters: readonly Sitter[],
  options: { seed: number; backdrop: Backdrop; matteOf: MatteOf; isPainted: boolean },
): Promise<void> {
  const handle = openSync(`${file}.partial`, 'w');
  const making = { ...options, longHaired: sitters.filter(isLongHaired) };
  for (const [k, sitter] of sitters.entries()) {
    const random = uniformNumbers(options.seed * 7919 + k);
    for (let skip = 0; skip < 4; skip++) random();
    const scene = await makeSample(sitter, making, random);
    writeSync(handle, await encodeRecord(scene, options.matteOf));
  }
  closeSync(handle);
  renameSync(`${file}.partial`, file);
}

const isLongHaired = ({ labels, picture, landmarks }: Sitter): boolean =>
  hasLongHair(labels, picture.width, landmarks[3 * CHIN + 1]);

/** Writes each sitter as the product sees it. */
export async function packPlain(file: string, sitters: readonly Sitter[], matteOf: MatteOf): Promise<void> {
  const handle = openSync(`${file}.partial`, 'w');
  for (const sitter of sitters)
    writeSync(
      handle,
      await encodeRecord(
        placeScene(sitter, () => 0.5, 0),
        matteOf,
      ),
    );
  closeSync(handle);
  renameSync(`${file}.partial`, file);
}

/** Parts of photographs, at any place, scale and turn by quarters. */
export async function openBackdrops(files: readonly string[]): Promise<Backdrop> {
  const large = 640;
  const pictures = await Promise.all(
    files.map((file) => sharp(file).removeAlpha().resize(large, large, { fit: 'cover' }).raw().toBuffer()),
  );
  return (random) => {
    const source = pictures[Math.floor(random() * pictures.length)];
    const size = Math.round(SIDE * (0.3 + random() * 2.1));
    const [left, top] = [random(), random()].map((t) => Math.floor(t * (large - size)));
    const [flip, turn] = [random() < 0.5, random() < 0.3];
    const out = new Float32Array(3 * AREA);
    for (let i = 0; i < AREA; i++) {
      const [x, y] = [i % SIDE, Math.floor(i / SIDE)].map((v) => Math.floor((v * size) / SIDE));
      const [u, v] = turn ? [y, x] : [flip ? size - 1 - x : x, y];
      const at = 3 * ((top + v) * large + left + u);
      for (let c = 0; c < 3; c++) out[c * AREA + i] = source[at + c] / 255;
    }
    return out;
  };
}

/** Samples of all files, drawn at random. */
export class SampleFiles {
  private readonly handles: { handle: number; count: number }[];
  readonly count: number;

  constructor(files: readonly string[]) {
    this.handles = files.map((file) => ({
      handle: openSync(file, 'r'),
      count: statSync(file).size / RECORD,
    }));
    this.count = this.handles.reduce((sum, { count }) => sum + count, 0);
  }

  read(index: number): Uint8Array {
    let rest = index;
    for (const { handle, count } of this.handles) {
      if (rest < count) {
        const record = new Uint8Array(RECORD);
        readSync(handle, record, 0, RECORD, rest * RECORD);
        return record;
      }
      rest -= count;
    }
    throw new RangeError(`There are ${this.count} samples, but sample ${index} was asked for.`);
  }

  close(): void {
    for (const { handle } of this.handles) closeSync(handle);
  }
}

/** What a training step is fed: x [n, PARSING_CHANNELS, side, side] and weighted shares [n, classes, side/2, side/2]. */
export interface Batch {
  readonly x: Float32Array;
  readonly shares: Float32Array;
}

/** Random samples, each perhaps mirrored and its matte perhaps withheld. */
export function drawBatch(files: SampleFiles, size: number, seed: number): Batch {
  const random = uniformNumbers(seed);
  const x = new Float32Array(size * PARSING_CHANNELS * AREA);
  const shares = new Float32Array(size * PARSING_CLASSES.length * HALF * HALF);
  for (let n = 0; n < size; n++) {
    const record = files.read(Math.floor(random() * files.count));
    const mirrored = random() < 0.5;
    fillInput(record, x.subarray(n * PARSING_CHANNELS * AREA), { mirrored, matte: random() < 0.8, random });
    fillShares(record, shares.subarray(n * PARSING_CLASSES.length * HALF * HALF), mirrored);
  }
  return { x, shares };
}

/** One sample as it is. */
export function plainBatch(files: SampleFiles, index: number): Batch {
  const x = new Float32Array(PARSING_CHANNELS * AREA);
  const shares = new Float32Array(PARSING_CLASSES.length * HALF * HALF);
  const record = files.read(index);
  fillInput(record, x, { mirrored: false, matte: true, random: () => 0.5 });
  fillShares(record, shares, false);
  return { x, shares };
}

function fillInput(
  record: Uint8Array,
  to: Float32Array,
  { mirrored, matte, random }: { mirrored: boolean; matte: boolean; random: Random },
): void {
  const power = 0.85 + 0.3 * random();
  const curves = [0, 1, 2].map(() => {
    const gain = 1 + 0.1 * (random() - 0.5);
    return Float32Array.from({ length: 256 }, (_, v) => Math.min(1, gain * (v / 255) ** power));
  });
  const shares = Float32Array.from({ length: 256 }, (_, v) => (matte ? v / 255 : 0));
  const hints = [0, 1, 2, 3].map((k) => Float32Array.from({ length: 256 }, (_, v) => (v >> k) & 1));
  const planes = [...curves, shares, ...hints];
  for (const [k, table] of planes.entries()) {
    const from = k < 4 ? k : 6;
    copyRows(
      record.subarray(from * AREA, (from + 1) * AREA),
      table,
      to.subarray(k * AREA, (k + 1) * AREA),
      mirrored,
    );
  }
}

function copyRows(from: Uint8Array, table: Float32Array, to: Float32Array, mirrored: boolean): void {
  if (!mirrored) {
    for (let i = 0; i < AREA; i++) to[i] = table[from[i]];
    return;
  }
  for (let start = 0; start < AREA; start += SIDE)
    for (let x = 0; x < SIDE; x++) to[start + x] = table[from[start + SIDE - 1 - x]];
}

function fillShares(record: Uint8Array, to: Float32Array, mirrored: boolean): void {
  const [labels, trust] = [record.subarray(4 * AREA, 5 * AREA), record.subarray(5 * AREA, 6 * AREA)];
  const weights = Float32Array.from({ length: 256 }, (_, k) => (CLASS_WEIGHTS[k] ?? 0) / (4 * 255));
  for (let y = 0, i = 0; y < SIDE; y++) {
    const row = (y >> 1) * HALF;
    for (let x = 0; x < SIDE; x++, i++) {
      const label = labels[i];
      if (label === UNKNOWN) continue;
      const column = (mirrored ? SIDE - 1 - x : x) >> 1;
      to[label * HALF * HALF + row + column] += weights[label] * trust[i];
    }
  }
}
