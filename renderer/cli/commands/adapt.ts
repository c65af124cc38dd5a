/** `limner adapt`: one picture becomes a style. */
import { parse } from 'node:path';
import { type Command, Option } from 'commander';
import { composeStyle } from '../../../models/adapt/compose-style.ts';
import { type Adaptation, type AdaptProgress, adaptStyle, type Budget } from '../../../models/adapt/index.ts';
import { LimnerError } from '../../../models/errors.ts';
import { loadFaceNetworks } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import type { DeviceName } from '../../../models/runtime/index.ts';
import { encodeStyle, type StyleManifest } from '../../../models/style-file/index.ts';
import { DEFAULT_STYLE_SETTINGS } from '../../../protocol/style-settings.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { checkWritable, saveFile } from '../../core/files/save-file.ts';
import { outputFormat } from '../../core/pictures/encode-picture.ts';
import { listPictures } from '../../core/pictures/list-pictures.ts';
import { refuseInputs } from '../../core/pictures/plan-outputs.ts';
import { DEFAULT_MAX_PIXELS, decodePicture, readPicture } from '../../core/pictures/read-picture.ts';
import { carriedReference, packFiles } from '../../core/styles/pack-style.ts';
import { STYLE_EXTENSION, stylePath, stylesFolder } from '../../core/styles/style-folder.ts';
import { countOption } from '../options/option-values.ts';
import { deviceOption, lookOptions } from '../options/render-options.ts';
import { stylesOption } from '../options/styles-option.ts';
import type { Io } from '../terminal/io.ts';
import { createProgress } from '../terminal/progress.ts';
import { reportWarning } from '../terminal/report-error.ts';
import { savePreview } from './adapt-preview.ts';

const EXAMPLES = `
Examples:
  A style named mona-lisa, kept in the folder of styles:
    $ limner adapt mona-lisa.jpg --name mona-lisa
  As a file to share, twice as long, with a picture of what was learnt:
    $ limner adapt mona-lisa.jpg --name mona-lisa --out mona-lisa.limner --budget 120s --preview learnt.png
  Whose renders wear the hair and costume, unless they are told otherwise:
    $ limner adapt mona-lisa.jpg --name mona-lisa --shape 1
  The same bytes every time, on the same device:
    $ limner adapt mona-lisa.jpg --name mona-lisa --budget 150 --seed 7
  Use it:
    $ limner render jane.jpg --style mona-lisa --mode full

Learning ends at the budget, or earlier when a part of the reference that was held out gains no more. Where it gains
nothing, the style says so and uses the shipped network. A reference without a face is learnt for its texture alone.
With --json every step is one line on stderr, and the result one line on stdout.
Exit codes: 0 done, 2 wrong usage, 3 bad input, 4 weights or a device failed, 130 interrupted, 1 anything else.`;

interface Options extends Partial<StyleManifest['settings']> {
  name: string;
  out?: string;
  styles?: string;
  budget: Budget;
  seed: number;
  portraits?: string;
  preview?: string;
  requireFace: boolean;
  device: 'auto' | DeviceName;
  maxPixels: number;
  json: boolean;
}

export function addAdaptCommand(program: Command, io: Io): void {
  const command = program
    .command('adapt')
    .description(
      'Turn one picture into a style: a network for its full renders, and a classifier that knows them.',
    )
    .argument('<reference>', 'a picture of at least 256 px in the style, best one of a face')
    .requiredOption('--name <name>', 'how the style is called')
    .option('--out <file>', 'where to write (default: NAME.limner in the folder of styles)')
    .addOption(stylesOption())
    .addOption(budgetOption())
    .addOption(countOption('--seed <n>', 'of everything that is drawn at random', 0).default(1))
    .option('--portraits <dir>', 'photographs of faces whose renders teach the classifier')
    .option('--preview <file>', 'write a contact sheet: reference, samples, before and after')
    .option('--require-face', 'refuse a reference in which no face is found', false);
  // Nothing that nobody chose goes into the style.
  for (const option of lookOptions()) command.addOption(option.default(undefined));
  command
    .addOption(deviceOption())
    .addOption(countOption('--max-pixels <n>', 'refuse larger pictures').default(DEFAULT_MAX_PIXELS))
    .option('--json', 'print JSON: progress and errors on stderr, the result on stdout', false)
    .addHelpText('after', EXAMPLES)
    .action((reference: string, options: Options) => adapt(reference, options, io));
}

/** Seconds, such as 60s, or a number of steps. */
function budgetOption(): Option {
  return new Option('--budget <60s|steps>', 'seconds or steps to learn')
    .default({ seconds: 60 } satisfies Budget, '60s')
    .argParser((text: string): Budget => {
      const [, digits, unit] = /^(\d{1,6})(s?)$/.exec(text) ?? [];
      const value = Number(digits);
      if (value > 0) return unit ? { seconds: value } : { steps: value };
      throw new LimnerError(
        'USAGE',
        `Expected seconds such as 60s or a number of steps for --budget but received ${JSON.stringify(text)}.`,
      );
    });
}

async function adapt(path: string, options: Options, io: Io): Promise<void> {
  const started = performance.now();
  const output = options.out ?? stylePath(stylesFolder(options.styles), options.name);
  if (parse(output).ext !== STYLE_EXTENSION)
    throw new LimnerError(
      'USAGE',
      `Expected a name ending in ${STYLE_EXTENSION} for --out but received ${output}.`,
    );
  if (options.preview) outputFormat(options.preview);
  const targets = [output, ...(options.preview ? [options.preview] : [])];
  await refuseInputs(targets, [path]);
  for (const target of targets) await checkWritable(target);

  const file = await readFileBytes(path);
  const original = await decodePicture(file, path, options);
  const picture = carriedReference(original);
  const adaptation = await learn(picture, await readPortraits(options), options, io);
  const files = await packFiles(options.name, file, original, picture);
  const style = composeStyle(adaptation, files, settingsOf(options));
  const bytes = encodeStyle(style);
  if (options.preview) await savePreview(options.preview, picture, adaptation, style, io.signal);
  await saveFile(output, bytes, io.signal);

  for (const warning of adaptation.warnings) reportWarning(warning, io, options.json);
  const report = reportOf(output, bytes.length, adaptation, (performance.now() - started) / 1000);
  io.out(options.json ? JSON.stringify(report) : describe(report));
}

/** What was chosen, else the defaults. */
function settingsOf(options: Options): StyleManifest['settings'] {
  const names = Object.keys(DEFAULT_STYLE_SETTINGS) as (keyof typeof DEFAULT_STYLE_SETTINGS)[];
  const chosen = names.filter((name) => options[name] !== undefined);
  return { ...DEFAULT_STYLE_SETTINGS, ...Object.fromEntries(chosen.map((name) => [name, options[name]])) };
}

async function readPortraits({ portraits, maxPixels }: Options): Promise<Picture[]> {
  if (portraits === undefined) return [];
  const pictures: Picture[] = [];
  for (const path of await listPictures(portraits)) pictures.push(await readPicture(path, { maxPixels }));
  return pictures;
}

async function learn(
  reference: Picture,
  portraits: readonly Picture[],
  { budget, seed, device, requireFace, referenceFace, json }: Options,
  io: Io,
): Promise<Adaptation> {
  const networks = await loadFaceNetworks({ device });
  const progress = createProgress(io);
  const onProgress = (at: AdaptProgress) =>
    json
      ? io.err(JSON.stringify({ progress: progressLine(at) }))
      : progress.update(at.share, progressLabel(at));
  try {
    const { signal } = io;
    return await adaptStyle(reference, networks, {
      budget,
      seed,
      device,
      requireFace,
      referenceFace,
      portraits,
      signal,
      onProgress,
    });
  } finally {
    progress.clear();
    await networks.release();
  }
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));

function progressLine({ stage, share, network, training }: AdaptProgress) {
  const line = { stage, share: round(share, 4) };
  if (!training) return line;
  const { step, steps, loss, gain, secondsLeft } = training;
  const figures = { loss: round(loss, 5), gain: round(gain, 3), secondsLeft: round(secondsLeft, 1) };
  return { ...line, network, step, steps, ...figures };
}

function progressLabel({ stage, network, training }: AdaptProgress): string {
  if (!training) return stage === 'sample' ? 'painting samples' : 'learning to recognise the style';
  const { step, steps, loss, gain, secondsLeft } = training;
  const figures = `loss ${loss.toFixed(3)}, texture ${(100 * gain).toFixed(0)} % nearer, ${Math.ceil(secondsLeft)} s left`;
  return `${network} step ${step} of ${steps}, ${figures}`;
}

/** Of the network that a render takes first; nothing was held out before one was adapted. */
function reportOf(output: string, bytes: number, { adaptation, classifier }: Adaptation, seconds: number) {
  const [{ used, heldOut }] = Object.values(adaptation.networks);
  const rounded = Object.entries(heldOut).map(([key, value]) => [
    key,
    round(value, key.startsWith('psnr') ? 2 : 5),
  ]);
  return {
    output,
    bytes,
    steps: adaptation.steps,
    seconds: round(seconds, 1),
    /** Whether the style brings a network of its own. */
    adapted: used,
    heldOut: Object.fromEntries(rounded) as typeof heldOut,
    classifier: { threshold: classifier.threshold },
  };
}

function describe(report: ReturnType<typeof reportOf>): string {
  const { output, bytes, steps, seconds, adapted, heldOut: h } = report;
  return [
    `${output} (${(bytes / 1e6).toFixed(1)} MB, ${steps} steps, ${Math.round(seconds)} s)`,
    adapted
      ? `held out: texture ${h.textureBase.toFixed(4)} → ${h.textureAdapted.toFixed(4)}, spectrum ` +
        `${h.spectrumBase.toFixed(2)} → ${h.spectrumAdapted.toFixed(2)}, PSNR ${h.psnrBase} → ${h.psnrAdapted} dB`
      : 'no network is kept: the shipped one enlarges this reference at least as well',
  ].join('\n');
}
