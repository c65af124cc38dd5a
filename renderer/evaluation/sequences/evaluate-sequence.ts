/** `limner evaluate sequence`: how steady and how faithful a painted sequence is, beside its stills. */
import { LimnerError } from '../../../models/errors.ts';
import { cosineSimilarity, type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import type { Device } from '../../../models/runtime/index.ts';
import type { SequenceOptions } from '../../../models/sequence/index.ts';
import { prepareOptionsOf } from '../../../models/style-file/index.ts';
import { type PreparedStyle, prepareStyle } from '../../../models/stylize/stylize.ts';
import { limitPart } from '../../core/sequences/limit-part.ts';
import { openSequence } from '../../core/sequences/open-sequence.ts';
import { DEFAULT_LIMITS } from '../../core/sequences/sequence.ts';
import { openStyle } from '../../core/styles/open-style.ts';
import { checkMotionSheet, type Strip, saveMotionSheet } from './motion-sheet.ts';
import { disturb, paintAll, paintStills } from './paint-both.ts';
import { fineTexture, type Head, headMask } from './sequence-measures.ts';
import { describeSequence, PUBLISHED, type SequenceEvaluation } from './sequence-report.ts';
import { createMotions, mean, steadiness } from './steadiness.ts';

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
  /** Where to write what moves beside what: .html plays it, .jpg and others are sheets of single pictures. */
  readonly sheet?: string;
}

/** @throws NO_FACE, TOO_FEW pictures as USAGE, CANCELLED and what reading a sequence or a style throws */
export async function evaluateSequence(task: SequenceEvaluationOptions): Promise<SequenceEvaluation> {
  if (task.sheet) await checkMotionSheet(task.sheet, [task.input, task.style]);
  const pictures = await readPictures(task);
  const { reference, style: file } = await openStyle(task.style, { maxPixels: task.maxPixels });
  const networks = await loadFaceNetworks({ device: task.device });
  try {
    const style = await prepareStyle(reference, networks, prepareOptionsOf(file));
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
  const report: SequenceEvaluation = {
    frames: pictures.length,
    ...sequence,
    fineTexture: texture(painted.pictures) / texture(plain),
    identity: alike,
    lost: painted.lost,
    newCanvases: painted.newCanvases,
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
  const strips: Strip[] = [
    { label: 'portrait', pictures },
    { label: 'sequence', pictures: painted.pictures },
    ...(stills ? [{ label: 'stills', pictures: stills.pictures }] : []),
  ];
  if (task.sheet) await saveMotionSheet(task.sheet, strips, motions, describeSequence(report), task.signal);
  return report;
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
