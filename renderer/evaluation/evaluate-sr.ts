/** `limner evaluate sr`: how well a network enlarges pictures ×4, on every folder of a benchmark. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LimnerError } from '../../models/errors.ts';
import { FeaturePyramid } from '../../models/features/feature-pyramid.ts';
import { perceptualDistance } from '../../models/features/perceptual-distance.ts';
import { cropPicture } from '../../models/image/crop.ts';
import { type NiqeModel, niqe, PATCH } from '../../models/image/niqe.ts';
import type { Picture } from '../../models/image/picture.ts';
import { psnrY } from '../../models/image/psnr.ts';
import { resizePicture } from '../../models/image/resize.ts';
import { ssimY } from '../../models/image/ssim.ts';
import type { Device } from '../../models/runtime/index.ts';
import { SCALE } from '../../models/upscale/generator.ts';
import { upscale } from '../../models/upscale/upscale.ts';
import niqeModel from '../../models/weights/niqe.json' with { type: 'json' };
import { openEnlarger } from '../core/engine/open-enlarger.ts';
import { listPictures } from '../core/pictures/list-pictures.ts';
import { readPicture } from '../core/pictures/read-picture.ts';

export interface SrEvaluationOptions {
  /** A folder of sets. A set is a folder of pictures, or has them in HR/ and perhaps shrunk ones in LRx4/. */
  readonly data: string;
  /** `bicubic`, the name of a shipped network, or a path to an ONNX model. Default `srresnet`. */
  readonly weights?: string;
  readonly device?: Device;
  readonly signal?: AbortSignal;
  /** Called after each picture. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SrScores {
  /** dB, on 8-bit luma without 4 px at each side. */
  readonly psnr: number;
  /** -1..1, on the same. */
  readonly ssim: number;
  /** Perceptual distance from the original by our own networks' features, 0..2; lower is better. */
  readonly perceptual: number;
  /** Lower is better; null where every picture is smaller than 96 px. */
  readonly niqe: number | null;
}

export interface SrReport {
  readonly weights: string;
  readonly sets: Record<string, SrScores>;
}

type Enlarge = (picture: Picture) => Promise<Picture>;

/**
 * Means over the pictures of each set.
 * @throws NOT_FOUND, NO_PICTURES, CANCELLED and what reading a picture and `upscale` throw
 */
export async function evaluateSr(options: SrEvaluationOptions): Promise<SrReport> {
  const { data, weights = 'srresnet', signal } = options;
  const enlarge = await enlargerOf(weights, options);
  const sets = await Promise.all(
    findSets(data).map(async (folder) => ({ folder, pairs: await findPairs(folder) })),
  );
  const pyramid = await FeaturePyramid.load(options);
  try {
    return { weights, sets: await scoreSets(sets, { enlarge, pyramid, signal }, options.onProgress) };
  } finally {
    await pyramid.release();
  }
}

async function scoreSets(
  sets: readonly { folder: string; pairs: readonly Pair[] }[],
  scorer: Scorer,
  onProgress: SrEvaluationOptions['onProgress'],
): Promise<SrReport['sets']> {
  const total = sets.reduce((sum, { pairs }) => sum + pairs.length, 0);
  const means: Record<string, SrScores> = {};
  let done = 0;
  for (const { folder, pairs } of sets) {
    const scores: SrScores[] = [];
    for (const pair of pairs) {
      scores.push(await scorePair(pair, scorer));
      onProgress?.(++done, total);
    }
    means[basename(folder)] = meanScores(scores);
  }
  return means;
}

async function enlargerOf(weights: string, { device, signal }: SrEvaluationOptions): Promise<Enlarge> {
  if (weights === 'bicubic')
    return async (picture) => resizePicture(picture, picture.width * SCALE, picture.height * SCALE);
  const { upscaler } = await openEnlarger(weights, { device });
  return (picture) => upscale(picture, upscaler, { signal });
}

function findSets(data: string): string[] {
  if (!existsSync(data)) throw new LimnerError('NOT_FOUND', `There is no folder ${data}.`);
  const folders = readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const isSet = folders.length === 0 || folders.some(({ name }) => name === 'HR');
  return isSet ? [data] : folders.map(({ name }) => join(data, name)).sort();
}

interface Pair {
  readonly high: string;
  /** Shrunk by others; undefined where it is shrunk here. */
  readonly low?: string;
}

/** Pictures and their shrunk versions, matched by order of name. */
async function findPairs(folder: string): Promise<Pair[]> {
  const [inside, shrunk] = [join(folder, 'HR'), join(folder, `LRx${SCALE}`)];
  const high = await listPictures(existsSync(inside) ? inside : folder);
  const low = existsSync(shrunk) ? await listPictures(shrunk) : [];
  if (low.length > 0 && low.length !== high.length) {
    throw new LimnerError('NOT_FOUND', `${shrunk} has ${low.length} pictures, ${inside} has ${high.length}.`);
  }
  return high.map((path, i) => ({ high: path, low: low[i] }));
}

interface Scorer {
  readonly enlarge: Enlarge;
  readonly pyramid: FeaturePyramid;
  readonly signal?: AbortSignal;
}

async function scorePair(pair: Pair, { enlarge, pyramid, signal }: Scorer): Promise<SrScores> {
  if (signal?.aborted) throw new LimnerError('CANCELLED', 'The evaluation was cancelled.');
  const original = await readPicture(pair.high);
  const low = pair.low ? await readPicture(pair.low) : shrink(original);
  const rect = { x: 0, y: 0, width: low.width * SCALE, height: low.height * SCALE };
  const [truth, result] = [cropPicture(original, rect), await enlarge(low)];
  const large = Math.min(rect.width, rect.height) >= PATCH;
  return {
    psnr: psnrY(result, truth),
    ssim: ssimY(result, truth),
    perceptual: await perceptualDistance(result, truth, pyramid),
    niqe: large ? niqe(result, niqeModel satisfies NiqeModel) : null,
  };
}

/** A quarter of the largest part of the picture that has whole quarters. */
function shrink(picture: Picture): Picture {
  const [width, height] = [picture.width, picture.height].map((length) => Math.floor(length / SCALE));
  const whole = cropPicture(picture, { x: 0, y: 0, width: width * SCALE, height: height * SCALE });
  return resizePicture(whole, width, height);
}

function meanScores(scores: readonly SrScores[]): SrScores {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const natural = scores.flatMap((score) => score.niqe ?? []);
  return {
    psnr: mean(scores.map((score) => score.psnr)),
    ssim: mean(scores.map((score) => score.ssim)),
    perceptual: mean(scores.map((score) => score.perceptual)),
    niqe: natural.length > 0 ? mean(natural) : null,
  };
}
