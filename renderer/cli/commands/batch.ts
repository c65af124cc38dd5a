/** `limner batch`: a folder of portraits in one style, here or by a renderer, interrupted as often as may be. */
import { realpath } from 'node:fs/promises';
import { dirname, join, parse, relative } from 'node:path';
import { type Command, Option } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import { FULL_SCALES } from '../../../models/stylize/render-full.ts';
import { createRendererClient } from '../../../protocol/renderer-api/client/index.ts';
import { FORMATS } from '../../../protocol/renderer-api/index.ts';
import { readFileBytes, readHead } from '../../core/files/read-file.ts';
import { removeLeftovers } from '../../core/files/save-file.ts';
import { scanPictures } from '../../core/pictures/list-pictures.ts';
import { planOutputs } from '../../core/pictures/plan-outputs.ts';
import type { GamutChoice } from '../../core/pictures/read-picture.ts';
import {
  type AnimationFormat,
  animationFormat,
  mayBeAnimation,
} from '../../core/sequences/read-animation.ts';
import { findStyle } from '../../core/styles/open-style.ts';
import { createBatchReport } from '../batch/batch-report.ts';
import { openJournal } from '../batch/journal.ts';
import { openLocalStudio } from '../batch/local-studio.ts';
import { openRemoteStudio } from '../batch/remote-studio.ts';
import { runBatch } from '../batch/run-batch.ts';
import type { Recipe, Studio } from '../batch/studio.ts';
import { choiceOption } from '../options/option-values.ts';
import {
  addProvenanceOptions,
  openFileSeal,
  openSeal,
  type ProvenanceOptions,
} from '../options/provenance-options.ts';
import {
  addRenderOptions,
  gamutOption,
  type RenderOptions,
  weightsOption,
} from '../options/render-options.ts';
import { addRendererOptions, type RendererOptions, tokenFor } from '../options/renderer-options.ts';
import { stylesOption } from '../options/styles-option.ts';
import type { Io } from '../terminal/io.ts';
import { createProgress } from '../terminal/progress.ts';

const EXAMPLES = `
Examples:
  All portraits of a folder, as avatars/NAME.mona-lisa.png:
    $ limner batch team/ --style mona-lisa.jpg --out avatars/
  The same by a renderer (limner serve), which may be another machine and works on several at once:
    $ LIMNER_TOKEN=… limner batch team/ --style mona-lisa.jpg --out avatars/ --renderer http://127.0.0.1:8017
  In a style that the renderer has, four times larger, as WebP:
    $ limner batch team/ --style mona-lisa --out large/ --mode full --format webp --renderer … --token …
  For a script, one line of JSON a portrait and one for all of them:
    $ limner batch team/ --style mona-lisa.jpg --out avatars/ --json

GIFs and animated WebPs stay animated, at their own size, as limner sequence paints them.

Run the same command again after an interruption, a crash or a repair: what is complete is not done twice, what failed is
tried again, and a portrait, style or setting that has changed is done anew. No file is ever half written. What is known of
the results lies in .limner-batch.jsonl among them. What is no picture is named and left out. At the end stands how many
failed and why, by code.
Exit codes: 0 all done, else that of the first that failed: 2 wrong usage, 3 bad input, 4 weights, a device, a result or the
renderer failed, 130 interrupted, 1 anything else.`;

interface Options extends RenderOptions, ProvenanceOptions, RendererOptions {
  style: string;
  styles?: string;
  out: string;
  format: Recipe['format'];
  scale?: string;
  weights?: string;
  token?: string;
  recursive: boolean;
  gamut: GamutChoice;
}

/** @param exit called with the exit code */
export function addBatchCommand(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('batch')
    .description('Restyle all portraits of a folder, with resume; here or by a renderer.')
    .argument('<dir>', 'a folder of photographs in which a face is clearly visible')
    .requiredOption('--style <image|style>', 'a picture of a face, a .limner file, or the name of a style')
    .addOption(stylesOption())
    .requiredOption('--out <dir>', 'a folder for the results')
    .option('--recursive', 'also portraits in sub-folders; results keep their folders', false)
    .addOption(choiceOption('--format <kind>', 'what results are written as', FORMATS).default('png'));
  addRendererOptions(addProvenanceOptions(addRenderOptions(command, ['instant', 'full'])))
    .addOption(new Option('--token <token>', 'the token itself; others on this machine may see it'))
    .addOption(choiceOption('--scale <n>', 'with --mode full: output over portrait size', SCALES))
    .addOption(weightsOption())
    .addOption(gamutOption())
    .addHelpText('after', EXAMPLES)
    .action(async (folder: string, options: Options) => {
      const isChosen = (name: string) => command.getOptionValueSource(name) === 'cli';
      exit(await batch(folder, options, isChosen, io));
    });
}

const SCALES = FULL_SCALES.map(String);

async function batch(
  folder: string,
  options: Options,
  isChosen: (name: string) => boolean,
  io: Io,
): Promise<number> {
  refuseWithoutMeaning(options, isChosen);
  const style = await findStyle(options.style, options.styles);
  const { recursive } = options;
  const { pictures: portraits, leftOut } = await scanPictures(folder, { recursive, except: options.out });
  await refuseSameFolder(folder, options.out);
  const animations = new Map(
    await Promise.all(portraits.map(async (path) => [path, await animationOf(path)] as const)),
  );
  const planned = await planOutputs(portraits, {
    ending: (portrait) => `.${parse(style).name}.${animations.get(portrait) ?? options.format}`,
    checkName: () => undefined,
    out: join(options.out, '/'),
    others: [style],
    partOf: (portrait) => dirname(relative(folder, portrait)),
  });
  const outputs = planned.map(({ path }) => path);
  const problems = new Map(planned.flatMap(({ path, problem }) => (problem ? [[path, problem]] : [])));
  const tasks = portraits.map((portrait, i) => ({
    portrait,
    output: outputs[i],
    animation: animations.get(portrait) ?? null,
  }));
  const recipe = recipeOf(options, isChosen);
  const studio = await openStudio(style, recipe, options, io);
  const progress = createProgress(io);
  const report = createBatchReport(tasks.length, leftOut, { io, json: options.json, progress });
  try {
    await removeLeftovers(outputs);
    const journal = await openJournal(options.out);
    const { signal } = io;
    await runBatch(tasks, { recipe, studio, journal, problems, signal, ...report });
  } finally {
    await studio.close();
  }
  return report.end(io.signal.aborted);
}

/** Whatever a file is called; what cannot be read says so when it is to be painted. */
async function animationOf(path: string): Promise<AnimationFormat | null> {
  const head = await readHead(path).catch(() => null);
  if (!head || !mayBeAnimation(head)) return null;
  return readFileBytes(path).then(animationFormat, () => null);
}

const openStudio = async (style: string, recipe: Recipe, options: Options, io: Io): Promise<Studio> => {
  const { renderer, token, tokenEnv, device, maxPixels } = options;
  if (renderer === undefined)
    return openLocalStudio(style, recipe, {
      device,
      maxPixels,
      seal: await openSeal(options, 'restyled', style),
      sealFile: await openFileSeal(options, style),
    });
  const client = createRendererClient({ baseUrl: renderer, token: token ?? tokenFor(renderer, tokenEnv) });
  return openRemoteStudio(client, style, recipe, io.signal);
};

const SETTINGS = [
  'likeness',
  'tone',
  'shape',
  'strokes',
  'proportions',
  'exaggerate',
  'strength',
  'background',
  'faces',
  'referenceFace',
  'quality',
] as const;

/** Settings that nobody chose are the style's to decide. */
function recipeOf(options: Options, isChosen: (name: string) => boolean): Recipe {
  const { mode, format, weights, gamut } = options;
  const chosen = SETTINGS.filter(isChosen).map((name) => [name, options[name]]);
  const scale = mode === 'full' ? (Number(options.scale ?? 4) as Recipe['scale']) : 1;
  return {
    settings: Object.fromEntries(chosen),
    mode,
    scale,
    format,
    ...(weights === undefined ? {} : { weights }),
    ...(gamut === 'srgb' ? {} : { gamut }),
  };
}

/** @throws USAGE for options that would change nothing */
function refuseWithoutMeaning({ mode, renderer }: Options, isChosen: (name: string) => boolean): void {
  const refuse = (names: readonly string[], expected: string) => {
    const [name] = names.filter(isChosen);
    if (name === undefined) return;
    const flag = name
      .replace('provenance', 'no-provenance')
      .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new LimnerError('USAGE', `Expected ${expected} with --${flag}.`);
  };
  if (mode !== 'full') refuse(['scale', 'weights'], '--mode full');
  if (renderer === undefined) refuse(['token', 'tokenEnv'], '--renderer');
  else
    refuse(
      ['device', 'weights', 'maxPixels', 'gamut', 'provenance', 'signCert', 'signKey'],
      'no --renderer, which decides by itself,',
    );
}

/** Results would be the next run's portraits. @throws USAGE */
async function refuseSameFolder(folder: string, out: string): Promise<void> {
  const found = await realpath(out).catch(() => null);
  if (found !== (await realpath(folder))) return;
  throw new LimnerError(
    'USAGE',
    `Expected another folder than that of the portraits for --out but received ${out}.`,
  );
}
