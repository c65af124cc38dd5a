/** `limner rate plan`: folders of results become a plan and the pictures that it shows. */
import { access, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';
import { checkWritable, saveFile } from '../../core/files/save-file.ts';
import { VERSION } from '../../core/version.ts';
import { sha256 } from '../../provenance/origin.ts';
import { addTrials, type TrialTable } from './add-trials.ts';
import { type Item, matchItems, methodsOf } from './match-items.ts';
import { type OpenedPlan, PLAN_FILE, type Plan, planSchema, type QuestionName } from './plan.ts';
import { NEITHER, WORDINGS } from './questions.ts';
import { shuffled } from './shuffled.ts';
import { readSequence, StimulusWriter } from './stimulus-writer.ts';
import { writeStimuli } from './write-stimuli.ts';

export interface PlanOptions {
  /** `DIR` or `NAME=DIR`: results of one method each. */
  readonly folders: readonly string[];
  /** Folders. */
  readonly originals: readonly string[];
  readonly references: readonly string[];
  /** Empty: what these folders allow. */
  readonly questions: readonly QuestionName[];
  /** Where plan.json and pictures/ go. */
  readonly out: string;
  /** 0..2³² − 1 */
  readonly seed: number;
  /** Items at most, drawn by the seed. */
  readonly items?: number;
  /** Pixels: larger pictures are cut to their middle. */
  readonly edge: number;
  /** Whether "no difference" is an answer to a choice. */
  readonly ties: boolean;
  readonly minutes: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface MadePlan extends OpenedPlan {
  readonly incomplete: readonly string[];
}

/** For realism, of all items: shown first, with their scores, and not asked about. Ledig et al. had 20 of 139. */
const TRAINING_SHARE = 1 / 7;

/**
 * @throws USAGE when a question lacks what it needs, PLAN_EXISTS, NO_PICTURES and all of `readPicture`; nothing is left behind
 */
export async function makePlan(options: PlanOptions): Promise<MadePlan> {
  const { out, seed } = options;
  const methods = methodsOf(options.folders);
  const matched = await matchItems(methods, options.originals, options.references);
  const items = shuffled(matched.items, seed).slice(0, options.items);
  const questions = options.questions.length > 0 ? options.questions : await fittingQuestions(items);
  checkQuestions(questions, items, methods.length);
  await refuseExisting(out);
  await checkWritable(join(out, PLAN_FILE));
  const writer = new StimulusWriter(out, seed);
  try {
    const training = questions.includes('realism') ? Math.ceil(items.length * TRAINING_SHARE) : 0;
    const table = await writeStimuli(writer, items, { ...options, questions, methods, training });
    const plan = planSchema.parse(planOf({ ...options, questions }, table, writer));
    const bytes = Buffer.from(`${JSON.stringify(plan, null, 1)}\n`);
    await saveFile(join(out, PLAN_FILE), bytes, options.signal);
    return { folder: out, plan, sha256: sha256(bytes), incomplete: matched.incomplete };
  } catch (error) {
    await Promise.all(writer.stimuli.map(({ file }) => rm(join(out, file), { force: true })));
    await rmdir(join(out, 'pictures')).catch(() => undefined);
    throw error;
  }
}

function planOf(options: PlanOptions, table: TrialTable, { stimuli }: StimulusWriter): Plan {
  const { seed, questions, minutes, ties } = options;
  return {
    format: 'limner rating plan 1',
    software: `limner ${VERSION}`,
    createdAt: new Date().toISOString(),
    seed,
    conditions: table.conditions,
    stimuli,
    questions: questions.map((name) => {
      const { beside: _, ...wording } = WORDINGS[name];
      const answers = wording.scale === '2AFC' && ties ? [...wording.answers, NEITHER] : wording.answers;
      return { name, ...wording, answers, ...addTrials(name, table) };
    }),
    session: { mostMinutes: minutes, repeats: 0.1 },
    exclusion: {
      answeredBelow: 0.5,
      failedChecksAbove: 0.25,
      // One who scores at random has 1.6 on average, one whose votes scatter by 0.7 points 0.9; of five repeats, that is.
      repeatDifferenceAbove: 1.5,
      repeatChangesAbove: 0.5,
      ...(questions.includes('realism') && { originalNotAbove: 'nearest' }),
      screening: 'ITU-R BT.500, reported with and without',
    },
  };
}

/** All but realism that these items have what is needed for. */
async function fittingQuestions(items: readonly Item[]): Promise<QuestionName[]> {
  const animated = await Promise.all(items.map(({ results }) => readSequence([...results.values()][0])));
  const stills = items.filter((_, i) => animated[i] === null);
  const isCompared = (items[0]?.results.size ?? 0) > 1;
  const names: [QuestionName, boolean][] = [
    ['quality', stills.length > 0],
    ['medium', stills.length > 0 && stills.every(({ reference }) => reference)],
    ['identity', isCompared && stills.length > 0 && stills.every(({ original }) => original)],
    ['steadiness', isCompared && stills.length < items.length],
  ];
  return names.filter(([, fits]) => fits).map(([name]) => name);
}

/** @throws USAGE */
function checkQuestions(questions: readonly QuestionName[], items: readonly Item[], methods: number): void {
  const wrong = (what: string) => new LimnerError('USAGE', what);
  for (const name of questions) {
    const { beside, scale } = WORDINGS[name];
    if (name === 'realism' && items.length < 2)
      throw wrong('Expected two pictures or more for the question realism: one is for training.');
    if (scale === '2AFC' && methods < 2)
      throw wrong(`Expected two folders or more for the question ${name}, which compares them.`);
    if ((beside === 'original' || name === 'realism') && !items.every(({ original }) => original))
      throw wrong(
        `Expected a photograph for ${without(items, 'original')} in --originals: ${name} shows it.`,
      );
    if (beside === 'reference' && !items.every(({ reference }) => reference))
      throw wrong(
        `Expected a reference for ${without(items, 'reference')} in --references: ${name} shows it.`,
      );
  }
}

const without = (items: readonly Item[], what: 'original' | 'reference') =>
  items.find((item) => !item[what])?.name;

/** @throws PLAN_EXISTS: what people have voted on, or may be voting on, is not replaced */
async function refuseExisting(folder: string): Promise<void> {
  const path = join(folder, PLAN_FILE);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) throw new LimnerError('PLAN_EXISTS', `There is a plan already: ${path}.`);
}
