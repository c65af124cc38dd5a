/** `limner evaluate sequence`: how steady and how faithful a painted sequence is, beside its stills. */
import { LimnerError } from '../../models/errors.ts';
import { cosineSimilarity, type Face, type FaceNetworks, loadFaceNetworks } from '../../models/face/index.ts';
import type { Picture } from '../../models/image/picture.ts';
import type { Device } from '../../models/runtime/index.ts';
import { paintSequence, type SequenceOptions } from '../../models/sequence/index.ts';
import { type PreparedStyle, prepareStyle, stylize } from '../../models/stylize/stylize.ts';
import { limitPart } from '../core/sequences/limit-part.ts';
import { openSequence } from '../core/sequences/open-sequence.ts';
import { DEFAULT_LIMITS } from '../core/sequences/sequence.ts';
import { openStyle } from '../core/styles/open-style.ts';
import { noisy, shifted } from './disturb-picture.ts';
import {
  fineTexture,
  frameDifference,
  headMask,
  type Motion,
  motionOf,
  warpingError,
} from './sequence-measures.ts';

export interface SequenceEvaluationOptions {
  readonly input: string;
  /** The file of the style. */
  readonly style: string;
  /** So many pictures, every n-th. */
  readonly frames: number;
  readonly every: number;
  /** Whether every picture is painted as a still as well, to compare with. */
  readonly stills: boolean;
  readonly maxPixels: number;
  readonly options: Omit<SequenceOptions, 'signal'>;
  readonly device?: Device;
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number, stage: string) => void;
  /** Called with each painted picture. */
  readonly onFrame?: (picture: Picture, index: number, kind: 'sequence' | 'still') => Promise<void>;
}

/** Errors are mean absolute differences, 0..255, inside the head. */
export interface SequenceMeasures {
  readonly warpingError: number;
  /** The same over ten pictures; null for fewer. */
  readonly chainedError: number | null;
  /** Of the stills', or, without them, of the first picture's. */
  readonly fineTexture: number;
  readonly frameDifference: number;
  readonly identity: number;
}

export interface SequenceEvaluation extends SequenceMeasures {
  readonly frames: number;
  readonly lost: number;
  /** Changes of the result when the portrait is moved by a pixel, and when it gets noise of sigma 1.5. */
  readonly shift: number;
  readonly noise: number;
  /** Processor time of a picture after the first over that of a still; null without stills. */
  readonly cost: number | null;
  readonly peers: {
    readonly input: Omit<SequenceMeasures, 'identity' | 'fineTexture'>;
    readonly stills: Omit<SequenceMeasures, 'fineTexture'> | null;
    /** Measured on the videos that came with FaceBlit (Texler et al. 2021), of another flow. */
    readonly published: { readonly faceBlit: number };
  };
}

const CHAIN = 10;
const PUBLISHED = { faceBlit: 5.8 };

/** @throws NO_FACE, TOO_FEW pictures as USAGE, CANCELLED and what reading a sequence or a style throws */
export async function evaluateSequence(task: SequenceEvaluationOptions): Promise<SequenceEvaluation> {
  const pictures = await readPictures(task);
  const { reference, style: file } = await openStyle(task.style, { maxPixels: task.maxPixels });
  const networks = await loadFaceNetworks({ device: task.device });
  try {
    const style = await prepareStyle(reference, networks, { texture: file?.manifest.landmarks === null });
    return await measure(pictures, style, networks, task);
  } finally {
    await networks.release();
  }
}

async function readPictures({ input, frames, every, maxPixels, signal }: SequenceEvaluationOptions) {
  const limits = { ...DEFAULT_LIMITS, maxPixels };
  const sequence = await openSequence(input, { ...limits, maxFrames: Number.POSITIVE_INFINITY }, {});
  const pictures: Picture[] = [];
  let i = 0;
  for await (const { picture } of limitPart(sequence.pictures(signal), { to: Infinity }, limits, input)) {
    if (i++ % every === 0) pictures.push(picture);
    if (pictures.length === frames) break;
  }
  if (pictures.length < 2)
    throw new LimnerError('USAGE', `Expected at least two pictures but received ${pictures.length}.`);
  return pictures;
}

interface Head {
  readonly face: Face;
  readonly mask: Uint8Array;
}

async function measure(
  pictures: readonly Picture[],
  style: PreparedStyle,
  networks: FaceNetworks,
  task: SequenceEvaluationOptions,
): Promise<SequenceEvaluation> {
  const heads = await findHeads(pictures, networks);
  const painted = await paintAll(pictures, style, networks, task);
  const stills = task.stills ? await paintStills(pictures, style, networks, task) : null;
  const motions = createMotions(pictures, heads);
  const sequence = steadiness(painted.pictures, heads, motions);
  const alike = await identity(pictures, painted.pictures, heads, networks);
  const plain = stills?.pictures ?? painted.pictures.slice(0, 1);
  const texture = (list: readonly Picture[]) => mean(list.map((one, i) => fineTexture(one, heads[i].mask)));
  return {
    frames: pictures.length,
    ...sequence,
    fineTexture: texture(painted.pictures) / texture(plain),
    identity: alike,
    lost: painted.lost,
    ...(await disturb(pictures[0], heads[0], style, networks, task)),
    cost: stills && painted.milliseconds / stills.milliseconds,
    peers: {
      input: steadiness(pictures, heads, motions),
      stills: stills && {
        ...steadiness(stills.pictures, heads, motions),
        identity: await identity(pictures, stills.pictures, heads, networks),
      },
      published: PUBLISHED,
    },
  };
}

async function findHeads(pictures: readonly Picture[], networks: FaceNetworks): Promise<Head[]> {
  const heads: Head[] = [];
  for (const picture of pictures) {
    const [face = heads.at(-1)?.face] = await networks.findFaces(picture);
    if (!face) throw new LimnerError('NO_FACE', 'No face was found in the first picture.');
    heads.push({ face, mask: headMask(face, await networks.matte(picture, face)) });
  }
  return heads;
}

async function paintAll(
  pictures: readonly Picture[],
  style: PreparedStyle,
  networks: FaceNetworks,
  { options, signal, onProgress, onFrame }: SequenceEvaluationOptions,
) {
  const out: Picture[] = [];
  let [lost, milliseconds, since] = [0, 0, cpu()];
  for await (const { picture, faces } of paintSequence(pictures, style, networks, { ...options, signal })) {
    if (out.length > 0) milliseconds += (cpu() - since) / (pictures.length - 1);
    if (faces.length === 0) lost++;
    out.push(picture);
    await onFrame?.(picture, out.length - 1, 'sequence');
    onProgress?.((0.5 * out.length) / pictures.length, 'sequence');
    since = cpu();
  }
  return { pictures: out, lost, milliseconds };
}

async function paintStills(
  pictures: readonly Picture[],
  style: PreparedStyle,
  networks: FaceNetworks,
  { options, signal, onProgress, onFrame }: SequenceEvaluationOptions,
) {
  const out: Picture[] = [];
  let milliseconds = 0;
  for (const [i, picture] of pictures.entries()) {
    const since = cpu();
    const result = await stylize(picture, style, networks, { ...options, signal });
    // The first one prepares views of the reference that all others use.
    if (i > 0) milliseconds += (cpu() - since) / (pictures.length - 1);
    out.push(result.picture);
    await onFrame?.(result.picture, i, 'still');
    onProgress?.(0.5 + (0.4 * out.length) / pictures.length, 'stills');
  }
  return { pictures: out, milliseconds };
}

/** Milliseconds of the processor: what else runs on a machine does not count. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Motions between pictures, each found once. */
function createMotions(pictures: readonly Picture[], heads: readonly Head[]) {
  const known = new Map<string, Motion>();
  return (from: number, to: number): Motion => {
    const key = `${from}-${to}`;
    const motion = known.get(key) ?? motionOf(pictures[from], pictures[to], heads[from].mask, heads[to].mask);
    known.set(key, motion);
    return motion;
  };
}

function steadiness(
  pictures: readonly Picture[],
  heads: readonly Head[],
  motion: (from: number, to: number) => Motion,
) {
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

/** Pictures between two whose identity is looked at. */
const LOOK_EVERY = 3;

async function identity(
  portraits: readonly Picture[],
  painted: readonly Picture[],
  heads: readonly Head[],
  networks: FaceNetworks,
): Promise<number> {
  const cosines: number[] = [];
  for (let i = 0; i < painted.length; i += LOOK_EVERY) {
    const [found = heads[i].face] = await networks.findFaces(painted[i]);
    const own = await networks.embed(portraits[i], heads[i].face);
    cosines.push(cosineSimilarity(own, await networks.embed(painted[i], found)));
  }
  return mean(cosines);
}

/** What the result does when the portrait hardly changes; the third picture is one that is painted anew. */
async function disturb(
  portrait: Picture,
  { mask }: Head,
  style: PreparedStyle,
  networks: FaceNetworks,
  { options, signal }: SequenceEvaluationOptions,
) {
  const last = async (third: Picture) => {
    const list: Picture[] = [];
    const frames = [portrait, portrait, third];
    for await (const { picture } of paintSequence(frames, style, networks, { ...options, signal }))
      list.push(picture);
    return [list[0], list[2]] as const;
  };
  const [before, moved] = await last(shifted(portrait, 1));
  const [still, grainy] = await last(noisy(portrait, 1.5));
  return {
    shift: frameDifference(before, shifted(moved, -1), mask),
    noise: frameDifference(still, grainy, mask),
  };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** As a table for people. */
export function describeSequence(report: SequenceEvaluation): string {
  const { peers } = report;
  const number = (value: number | null | undefined, digits = 2) => value?.toFixed(digits) ?? '–';
  const row = (name: string, one: Partial<SequenceMeasures> | null) =>
    [
      name.padEnd(12),
      number(one?.warpingError).padStart(8),
      number(one?.chainedError).padStart(8),
      number(one?.fineTexture, 3).padStart(8),
      number(one?.frameDifference).padStart(8),
      number(one?.identity, 3).padStart(9),
    ].join('');
  return [
    `${''.padEnd(12)}${['warping', 'chained', 'texture', 'frames', 'identity'].map((name, i) => name.padStart(i === 4 ? 9 : 8)).join('')}`,
    row('sequence', report),
    row('stills', peers.stills),
    row('portrait', peers.input),
    row('FaceBlit', { warpingError: peers.published.faceBlit }),
    `${report.frames} pictures, ${report.lost} without a face; moved by a pixel ${number(report.shift)}, noise ${number(report.noise)}`,
    ...(report.cost === null ? [] : [`a picture after the first costs ${number(report.cost)} of a still`]),
  ].join('\n');
}
