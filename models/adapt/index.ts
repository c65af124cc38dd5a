/**
 * One-shot adaptation: from one reference, networks that enlarge its style better than the shipped ones, and a classifier
 * that knows its pictures. It reads and writes no files; `composeStyle` makes a style of what comes out.
 */
import { LimnerError } from '../errors.ts';
import type { FaceNetworks } from '../face/index.ts';
import type { Picture } from '../image/picture.ts';
import { seededRandom } from '../image/random.ts';
import type { Device } from '../runtime/index.ts';
import type { AdaptableName, Style, StyleManifest } from '../style-file/index.ts';
import { type PreparedStyle, prepareStyle } from '../stylize/stylize.ts';
import photographs from '../weights/photographs.json' with { type: 'json' };
import type { Source } from './batches.ts';
import { type Trained, trainClassifier } from './classifier/classifier.ts';
import { describePicture } from './classifier/descriptor.ts';
import { framings, otherSitters, otherStyles } from './classifier/examples.ts';
import { measureDistribution } from './distribution.ts';
import { type FineTuned, fineTune, type StepProgress } from './fine-tune.ts';
import { drawSample, repaint, type Sample } from './sample.ts';
import type { Budget } from './step-clock.ts';
import { windowsOf } from './windows.ts';

export type { Budget } from './step-clock.ts';

/** What an adaptation does, in order: draw samples of the style, train networks, train the classifier. */
export const ADAPT_STAGES = ['sample', 'train', 'classify'] as const;
/** One of `ADAPT_STAGES`. */
export type AdaptStage = (typeof ADAPT_STAGES)[number];

/** How far an adaptation is. */
export interface AdaptProgress {
  readonly stage: AdaptStage;
  /** Of the whole work, 0..1. */
  readonly share: number;
  /** In `train`: the network at work and how far it is. */
  readonly network?: AdaptableName;
  readonly training?: StepProgress;
}

/** How long to learn, from what, on what. */
export interface AdaptOptions {
  /** For all networks together; default 60 seconds. Equal steps give equal results on equal devices. */
  readonly budget?: Budget;
  /** Default 1. */
  readonly seed?: number;
  /** Default `auto`. */
  readonly device?: Device;
  /** Photographs of faces, whose renders teach the classifier; those without a face are passed over. */
  readonly portraits?: readonly Picture[];
  /** Which of the reference's faces is used; see `StylizeOptions`. */
  readonly referenceFace?: number;
  /** Refuses a reference without a face instead of learning its texture alone. */
  readonly requireFace?: boolean;
  /** Aborting ends the work within a step with CANCELLED. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: AdaptProgress) => void;
}

/** What was learnt from a reference. */
export interface Adaptation {
  readonly landmarks: StyleManifest['landmarks'];
  readonly adaptation: NonNullable<StyleManifest['adaptation']>;
  readonly weights: Style['weights'];
  readonly classifier: Trained;
  readonly warnings: readonly string[];
  /** For a person to look at. */
  readonly samples: readonly Sample[];
}

/** Shorter edge in px of the smallest reference: half of it holds a crop. */
export const SMALLEST_REFERENCE = 256;
const SAMPLES = 3;
/** Shares of the progress at which training begins and ends. */
const SAMPLED = 0.1;
const TRAINED = 0.9;
/** The network that is adapted: the one that full renders use. */
const ADAPTED = 'srgan';

/**
 * @throws PICTURE_TOO_SMALL; NO_FACE_IN_STYLE when a face is required; NO_SUCH_FACE; CANCELLED; WEIGHTS_MISSING, DEVICE_UNAVAILABLE
 */
export async function adaptStyle(
  reference: Picture,
  networks: FaceNetworks,
  options: AdaptOptions = {},
): Promise<Adaptation> {
  const { seed = 1, budget = { seconds: 60 }, signal, onProgress } = options;
  requireSize(reference);
  const prepared = await prepareStyle(reference, networks, { texture: !options.requireFace });
  const style = await prepared.ofFace(options.referenceFace ?? 0);
  requireSize(style.reference);
  const source = await gather(style, networks, options);
  const onStep = (training: StepProgress) => {
    const share = SAMPLED + ((TRAINED - SAMPLED) * training.step) / training.steps;
    onProgress?.({ stage: 'train', network: ADAPTED, training, share });
  };
  const tuned = await fineTune(ADAPTED, source, { budget, seed, device: options.device, signal, onStep });
  const results: [AdaptableName, FineTuned][] = [[ADAPTED, tuned]];
  const classifier = await learnToRecognise(source, style, networks, options);
  onProgress?.({ stage: 'classify', share: 1 });
  return {
    classifier,
    landmarks: style.used && Array.from(style.used.face.landmarks, (value) => Number(value.toFixed(2))),
    adaptation: describe(results, seed, source),
    weights: Object.fromEntries(results.flatMap(([name, { model }]) => (model ? [[name, model]] : []))),
    warnings: [...style.warnings, ...warnAbout(results)],
    samples: source.samples,
  };
}

function requireSize({ width, height }: Picture): void {
  if (Math.min(width, height) >= SMALLEST_REFERENCE) return;
  throw new LimnerError(
    'PICTURE_TOO_SMALL',
    `Expected a reference of at least ${SMALLEST_REFERENCE} px but received ${width}×${height}.`,
  );
}

/** What networks and classifier learn from. */
interface Gathered extends Source {
  /** Of the portraits. */
  readonly renders: readonly Picture[];
}

/** Samples of the style and renders in it. */
async function gather(
  style: PreparedStyle,
  networks: FaceNetworks,
  { seed = 1, portraits = [], signal, onProgress }: AdaptOptions,
): Promise<Gathered> {
  const random = seededRandom(seed);
  const { reference } = style;
  const distribution = measureDistribution(reference);
  const samples: Sample[] = [];
  const renders: Picture[] = [];
  const count = SAMPLES + portraits.length;
  const tell = async () => {
    await breathe(signal);
    onProgress?.({ stage: 'sample', share: (SAMPLED * (samples.length + renders.length)) / count });
  };
  for (let i = 0; i < SAMPLES; i++) {
    await tell();
    samples.push(await drawSample(reference, style, networks, distribution, random, signal));
  }
  for (const portrait of portraits) {
    await tell();
    const render = await repaint(portrait, style, networks, signal);
    if (render) renders.push(render);
  }
  return { reference, windows: windowsOf(reference), distribution, samples, renders };
}

/** From samples repainted, other sitters painted, and renders; from the samples themselves where no face is found. */
async function learnToRecognise(
  { samples, renders }: Gathered,
  style: PreparedStyle,
  networks: FaceNetworks,
  { seed = 1, signal, onProgress }: AdaptOptions,
): Promise<Trained> {
  const random = seededRandom(seed);
  const painted = samples.flatMap(({ repainted }) => repainted ?? []);
  for (const sitter of otherSitters(samples[0].picture)) {
    await breathe(signal);
    const render = await repaint(sitter, style, networks, signal);
    if (render) painted.push(render);
  }
  painted.push(...renders);
  const pictures = painted.length > 0 ? painted : samples.map(({ picture }) => picture);
  const [own, others]: [Float32Array[][], Float32Array[]] = [[], []];
  for (const [i, picture] of pictures.entries()) {
    await breathe(signal);
    onProgress?.({ stage: 'classify', share: TRAINED + ((1 - TRAINED) * i) / pictures.length });
    own.push(framings(picture, random).map(describePicture));
    if (i < SAMPLES) others.push(...otherStyles(picture).map(describePicture));
  }
  return trainClassifier(
    own,
    others,
    photographs.map((row) => Float32Array.from(row)),
  );
}

/** Lets the event loop turn. @throws CANCELLED */
async function breathe(signal?: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  if (signal?.aborted)
    throw new LimnerError('CANCELLED', 'The adaptation was cancelled.', { cause: signal.reason });
}

function describe(results: readonly [AdaptableName, FineTuned][], seed: number, { distribution }: Source) {
  const rows = results.map(([name, { steps, model, heldOut }]) => {
    return [name, { steps, used: model !== null, heldOut }] as const;
  });
  return {
    seed,
    device: results[0][1].device,
    steps: rows.reduce((sum, [, { steps }]) => sum + steps, 0),
    distribution,
    networks: Object.fromEntries(rows),
  };
}

function warnAbout(results: readonly [AdaptableName, FineTuned][]): string[] {
  return results
    .filter(([, { model }]) => model === null)
    .map(
      ([name]) =>
        `On the part held out the adapted ${name} was no better, so full renders in this style use the shipped one.`,
    );
}
