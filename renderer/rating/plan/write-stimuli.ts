/** Makes every picture that a plan shows. */
import { LimnerError } from '../../../models/errors.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { readPicture } from '../../core/pictures/read-picture.ts';
import type { TrialTable } from './add-trials.ts';
import { fitted, nearest, reinhard, untouched } from './derive-pictures.ts';
import type { Item, Method } from './match-items.ts';
import type { Condition, QuestionName } from './plan.ts';
import {
  cropMiddle,
  readSequence,
  type Sequence,
  type Size,
  type StimulusWriter,
} from './stimulus-writer.ts';

interface StimuliOptions {
  readonly methods: readonly Method[];
  readonly questions: readonly QuestionName[];
  readonly edge: number;
  /** Items, from the first, of which only the ends of the scale are shown. */
  readonly training: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Pixels of the longer edge of a photograph that is only there to recognise somebody. */
const PORTRAIT_EDGE = 320;

const CONTROLS: Readonly<Record<string, Condition>> = {
  original: {
    name: 'original',
    kind: 'original',
    description: 'the photograph, untouched, at the same size',
  },
  reinhard: {
    name: 'reinhard',
    kind: 'anchor',
    description: "the photograph in the reference's colours (Reinhard et al. 2001)",
  },
  nearest: {
    name: 'nearest',
    kind: 'anchor',
    description: 'the original shrunk to a quarter, pixels as squares',
  },
};

/** @throws USAGE for results of one item that differ in size, and all of `readPicture` */
export async function writeStimuli(
  writer: StimulusWriter,
  items: readonly Item[],
  options: StimuliOptions,
): Promise<TrialTable> {
  const { methods, questions, training, signal, onProgress } = options;
  const rows: TrialTable['items'][number][] = [];
  for (const [i, item] of items.entries()) {
    signal.throwIfAborted();
    const isTraining = i < training;
    const row = await writeItem(writer, item, options, isTraining);
    rows.push({ name: item.name, isTraining, ...row });
    onProgress?.(i + 1, items.length);
  }
  const used = new Set(rows.flatMap(({ versions }) => [...versions.keys()]));
  const described = methods.map(({ name }): Condition => ({ name, kind: 'method', description: 'a folder' }));
  const controls = Object.values(CONTROLS).filter(({ name }) => used.has(name));
  checkKinds(rows, questions);
  return { conditions: [...described, ...controls], items: rows };
}

type Row = Pick<TrialTable['items'][number], 'versions' | 'beside' | 'isSequence'>;

async function writeItem(
  writer: StimulusWriter,
  item: Item,
  options: StimuliOptions,
  isTraining: boolean,
): Promise<Row> {
  const sequences = new Map<string, Sequence>();
  for (const [method, path] of item.results) {
    const sequence = await readSequence(path);
    if (sequence) sequences.set(method, sequence);
  }
  if (sequences.size === 0) return writeStills(writer, item, options, isTraining);
  if (sequences.size < item.results.size)
    throw new LimnerError('USAGE', `Expected ${item.name} to be animated in all folders or in none.`);
  return writeSequences(writer, item, sequences, options.edge);
}

async function writeSequences(
  writer: StimulusWriter,
  item: Item,
  sequences: ReadonlyMap<string, Sequence>,
  edge: number,
): Promise<Row> {
  const { width, height } = commonSize(
    item,
    [...sequences.values()].map(({ size }) => size),
  );
  if (Math.max(width, height) > edge) {
    const size = `${width}×${height} px`;
    throw new LimnerError(
      'USAGE',
      `Expected sequences of at most ${edge} px (--edge); ${item.name} has ${size}.`,
    );
  }
  const versions = new Map<string, string>();
  for (const [condition, sequence] of sequences) {
    const origin = { item: item.name, condition, source: item.results.get(condition) ?? '' };
    versions.set(condition, await writer.addSequence(origin, sequence));
  }
  return { versions, beside: new Map(), isSequence: true };
}

async function writeStills(
  writer: StimulusWriter,
  item: Item,
  { edge, questions }: StimuliOptions,
  isTraining: boolean,
): Promise<Row> {
  const pictures = new Map<string, { picture: Picture; source: string }>();
  for (const [method, source] of item.results)
    pictures.set(method, { picture: await readPicture(source), source });
  const size = commonSize(
    item,
    [...pictures.values()].map(({ picture }) => picture),
  );
  const photograph = item.original === undefined ? null : await readPicture(item.original);
  const reference = item.reference === undefined ? null : await readPicture(item.reference);
  if (photograph) {
    const source = item.original ?? '';
    const isRealism = questions.includes('realism');
    if (isRealism) checkSameSize(item, photograph, size);
    const original = untouched(photograph, size);
    pictures.set('original', { picture: original, source });
    if (reference) pictures.set('reinhard', { picture: reinhard(original, reference), source });
    if (isRealism) pictures.set('nearest', { picture: nearest(original), source });
  }
  const versions = new Map<string, string>();
  for (const [condition, { picture, source }] of pictures) {
    if (isTraining && item.results.has(condition)) continue;
    const shown = cropMiddle(picture, edge);
    versions.set(condition, await writer.addPicture({ item: item.name, condition, source }, shown));
  }
  const beside = new Map<string, string>();
  const add = async (what: string, source: string, picture: Picture) =>
    beside.set(
      what,
      await writer.addPicture({ item: item.name, condition: `${what} beside`, source }, picture),
    );
  if (photograph && questions.includes('identity'))
    await add('original', item.original ?? '', fitted(photograph, PORTRAIT_EDGE));
  if (reference && questions.includes('medium'))
    await add(
      'reference',
      item.reference ?? '',
      fitted(reference, Math.min(edge, Math.max(size.width, size.height))),
    );
  return { versions, beside, isSequence: false };
}

/** @throws USAGE */
function commonSize(item: Item, sizes: readonly Size[]): Size {
  const [first] = sizes;
  if (sizes.every(({ width, height }) => width === first.width && height === first.height)) return first;
  const all = sizes.map(({ width, height }) => `${width}×${height}`).join(', ');
  throw new LimnerError(
    'USAGE',
    `Expected ${item.name} in the same size in all folders but found ${all} px.`,
  );
}

/** @throws USAGE: resampling would be judged along with the network */
function checkSameSize(item: Item, original: Size, { width, height }: Size): void {
  if (original.width === width && original.height === height) return;
  throw new LimnerError(
    'USAGE',
    `Expected the original of ${item.name} to have ${width}×${height} px, as its results have, for realism.`,
  );
}

/** @throws USAGE when a question finds nothing to ask about */
function checkKinds(rows: readonly Row[], questions: readonly QuestionName[]): void {
  const hasSequences = rows.some(({ isSequence }) => isSequence);
  const hasStills = rows.some(({ isSequence }) => !isSequence);
  for (const name of questions) {
    if (name === 'steadiness' && !hasSequences)
      throw new LimnerError('USAGE', 'Expected animated GIF or WebP files for the question steadiness.');
    if (name !== 'steadiness' && !hasStills)
      throw new LimnerError('USAGE', `Expected pictures of one frame for the question ${name}.`);
  }
}
