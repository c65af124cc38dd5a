/** `limner evaluate faces`: where the face networks find faces, and how alike different people look to them. */
import { LimnerError } from '../../models/errors.ts';
import { cosineSimilarity, type Face, type FaceNetworks, loadFaceNetworks } from '../../models/face/index.ts';
import { createPicture, type Picture } from '../../models/image/picture.ts';
import { resizePicture } from '../../models/image/resize.ts';
import type { Device } from '../../models/runtime/index.ts';
import { listPictures } from '../core/pictures/list-pictures.ts';
import { readPicture } from '../core/pictures/read-picture.ts';
import { turnPicture } from './turn-picture.ts';

export interface FaceEvaluationOptions {
  /** A folder with one picture a person. */
  readonly data: string;
  /** Use every n-th picture only. */
  readonly every: number;
  /** Tilt and shrink only so many of them. */
  readonly probes: number;
  readonly device?: Device;
  readonly signal?: AbortSignal;
  /** Called after each picture. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Count {
  readonly found: number;
  readonly of: number;
}

export interface FaceReport {
  readonly upright: Count;
  /** By degrees of clockwise tilt. */
  readonly tilted: Record<string, Count>;
  /** By the edge (px) of the canvas in which the face is 64 px wide. */
  readonly small: Record<string, Count>;
  /** Cosine of the embeddings of different people; null with fewer than two faces. */
  readonly strangers: { readonly median: number; readonly p95: number; readonly pairs: number } | null;
}

const TILTS = [30, 60, 90, 120, 150, 180];
const CANVASES = [1000, 4000];
/** Width (px) of a small face, from ear to ear. */
const SMALL_FACE = 64;

/** @throws NOT_FOUND, NO_PICTURES, CANCELLED and what reading a picture throws */
export async function evaluateFaces(options: FaceEvaluationOptions): Promise<FaceReport> {
  const files = (await listPictures(options.data)).filter((_, i) => i % options.every === 0);
  const networks = await loadFaceNetworks({ device: options.device });
  try {
    return await examine(files, networks, options);
  } finally {
    await networks.release();
  }
}

async function examine(
  files: readonly string[],
  networks: FaceNetworks,
  { probes, signal, onProgress }: FaceEvaluationOptions,
): Promise<FaceReport> {
  const counts = new Counts();
  const embeddings: Float32Array[] = [];
  for (const [i, file] of files.entries()) {
    if (signal?.aborted) throw new LimnerError('CANCELLED', 'The evaluation was cancelled.');
    const picture = await readPicture(file);
    const [face] = await networks.findFaces(picture);
    counts.add('upright', face !== undefined);
    if (face) {
      embeddings.push(await networks.embed(picture, face));
      if (i < probes) await probe(picture, face, networks, counts);
    }
    onProgress?.(i + 1, files.length);
  }
  return {
    upright: counts.of('upright'),
    tilted: Object.fromEntries(TILTS.map((tilt) => [tilt, counts.of(`tilt ${tilt}`)])),
    small: Object.fromEntries(CANVASES.map((edge) => [edge, counts.of(`small ${edge}`)])),
    strangers: compareStrangers(embeddings),
  };
}

/** Looks for the face of a picture again after tilting the picture, and after shrinking it into a large canvas. */
async function probe(picture: Picture, face: Face, networks: FaceNetworks, counts: Counts): Promise<void> {
  const isFound = async (changed: Picture) => (await networks.findFaces(changed)).length > 0;
  for (const tilt of TILTS) counts.add(`tilt ${tilt}`, await isFound(await turnPicture(picture, tilt)));
  const scale = SMALL_FACE / face.box.width;
  const small = resizePicture(picture, Math.round(picture.width * scale), Math.round(picture.height * scale));
  for (const edge of CANVASES) counts.add(`small ${edge}`, await isFound(placed(small, edge)));
}

/** A picture off the middle of a grey square. */
function placed(picture: Picture, edge: number): Picture {
  const canvas = createPicture(edge, edge);
  canvas.data.fill(128);
  for (let i = 3; i < canvas.data.length; i += 4) canvas.data[i] = 255;
  const [left, top] = [picture.width, picture.height].map((length) => Math.floor((edge - length) / 3));
  for (let y = 0; y < picture.height; y++) {
    const row = picture.data.subarray(4 * y * picture.width, 4 * (y + 1) * picture.width);
    canvas.data.set(row, 4 * ((top + y) * edge + left));
  }
  return canvas;
}

function compareStrangers(embeddings: readonly Float32Array[]): FaceReport['strangers'] {
  const cosines = embeddings.flatMap((a, i) => embeddings.slice(i + 1).map((b) => cosineSimilarity(a, b)));
  if (cosines.length === 0) return null;
  cosines.sort((a, b) => a - b);
  const at = (share: number) => cosines[Math.floor(share * (cosines.length - 1))];
  return { median: at(0.5), p95: at(0.95), pairs: cosines.length };
}

class Counts {
  readonly #counts = new Map<string, { found: number; of: number }>();

  add(name: string, isFound: boolean): void {
    const { found, of } = this.of(name);
    this.#counts.set(name, { found: found + Number(isFound), of: of + 1 });
  }

  of(name: string): Count {
    return this.#counts.get(name) ?? { found: 0, of: 0 };
  }
}

/** As a table for people. */
export function describeFaces({ upright, tilted, small, strangers }: FaceReport): string {
  const line = (name: string, { found, of }: Count) => `${name.padEnd(28)}${found} of ${of}`;
  return [
    line('found upright', upright),
    ...Object.entries(tilted).map(([tilt, count]) => line(`found tilted by ${tilt}°`, count)),
    ...Object.entries(small).map(([edge, count]) => line(`${SMALL_FACE} px wide in ${edge} px`, count)),
    strangers
      ? `different people: cosine ${strangers.median.toFixed(3)} median, ${strangers.p95.toFixed(3)} 95th percentile, ${strangers.pairs} pairs`
      : 'different people: fewer than two faces',
  ].join('\n');
}
