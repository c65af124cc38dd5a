/** `limner evaluate`: quality in numbers. */
import { type Command, Option } from 'commander';
import { withHint } from '../../../models/errors.ts';
import type { DeviceName } from '../../../models/runtime/index.ts';
import { listPictures } from '../../core/pictures/list-pictures.ts';
import { type AdaptReport, describeAdapted, evaluateAdapted } from '../../evaluation/evaluate-adapt.ts';
import { describeFaces, evaluateFaces, type FaceEvaluationOptions } from '../../evaluation/evaluate-faces.ts';
import {
  describeSegments,
  evaluateSegments,
  type SegmentEvaluationOptions,
} from '../../evaluation/evaluate-segments.ts';
import { describeSequence, evaluateSequence } from '../../evaluation/evaluate-sequence.ts';
import { evaluateSr, type SrEvaluationOptions, type SrReport } from '../../evaluation/evaluate-sr.ts';
import {
  describeStyles,
  evaluateStyle,
  type StyleEvaluationOptions,
} from '../../evaluation/evaluate-style.ts';
import {
  describeTracking,
  evaluateTracking,
  TRACKING_METHODS,
  type TrackingMethod,
} from '../../evaluation/tracking/evaluate-tracking.ts';
import { countOption, numberOption } from '../options/option-values.ts';
import {
  addRenderOptions,
  deviceOption,
  type RenderOptions,
  stylizeOptionsOf,
} from '../options/render-options.ts';
import type { Io } from '../terminal/io.ts';
import { createProgress } from '../terminal/progress.ts';
import { reportWarning } from '../terminal/report-error.ts';
import { addProportionsCommand } from './evaluate-proportions.ts';

const STYLE_HELP = `
Examples:
  $ limner evaluate style --portraits people/ --styles paintings/ --sheet sheet.png
  $ limner evaluate style --portraits people/ --styles oils/ drawings/ --every 40 --likeness 0.8 --json > result.json

identity         cosine of face embeddings of portrait and result; different people have about 0.42
landmarkError    mean distance of 468 points, in inter-ocular distances, found again on the result
gazeError        mean distance of the irises over the width of their eyes
styleDistance    sliced Wasserstein distance of the Lab colours of result and reference
textureDistance  the same of 7×7 patches less their mean, inside the faces
completeness     from patches of the reference's person to the nearest of the result's, mean square in Lab²: what of
                 the medium is missing
coherence        the same from the result to the reference: what is not made of the reference's patches
photographicResidue  share of the result's fine detail that is the portrait's, outside the features of the face
toneOrder        Spearman's correlation of the lightness of faces before and after, for styles of 3 or more portraits
Identity and tone order are better when higher, all others when lower. byFolder has the means of each folder of styles.
Pictures without a face are skipped and listed. Look at the sheet, too: a better number may be a worse picture.`;

const ADAPT_HELP = `
Examples:
  $ limner evaluate adapt oil.limner sketch.limner --portraits people/ --every 100

held out  a quarter of the reference that adaptation never saw, from its own copy of a quarter the size
samples   deformed references that it did not draw, repainted and shrunk
renders   full renders of the portraits; texture is compared with the reference, each at its own size
texture   sliced Wasserstein distance of 7×7 Lab patches less their mean; spectrum shows grids; lower is better for both`;

const SR_HELP = `
Examples:
  $ limner evaluate sr --data bench/
  $ limner evaluate sr --data bench/set5 --weights bicubic --json

psnr, ssim  on luma without 4 px at each side; higher is better
niqe        how unnatural a picture looks by itself; lower is better
A set is a folder of pictures, or has them in HR/ and perhaps their quarter-size versions in LRx4/.`;

const FACES_HELP = `
Example:
  $ limner evaluate faces --data people/ --every 2 --probes 20

Takes a folder with one picture a person: whether the face is found upright, tilted and small, and how alike the
embeddings of different people are, which is what an identity in "limner evaluate style" has to be compared with.`;

const SEGMENTS_HELP = `
Examples:
  $ limner evaluate segments --data masks/ --every 10

Mean intersection over union, and how near borders are (F-measure within 0.75 % of the diagonal). Labels are in the colours
of CelebAMask-HQ, or grey with the index of a class of the parsing network (models/face/parsing-classes.ts; 255: unknown).
Hats count as hair; face, features, ears and neck as skin; a class counts in the pictures that show it.`;

const TRACKING_HELP = `
Examples:
  $ limner evaluate tracking david/
  $ limner evaluate tracking david/ --method regression --json

DIR holds frames, or has them in img/, and groundtruth_rect.txt: x,y,w,h of the target, a line a frame, separated by commas,
spaces or tabs. The first box tells which face it is; how it lies against the face is then kept.

auc          success: the share of frames that overlap the truth by more than 0, 0.05 … 1, on average (OTB); higher is better
precision20  share of frames whose middle is within 20 px of the truth
lost         frames without a box, or with one that does not touch the truth
together     detector, mesh and regression network, as sequences are tracked
regression   the regression network alone, which follows whatever is in the first box
detector     detector and mesh without regression`;
const SEQUENCE_HELP = `
Examples:
  $ limner evaluate sequence talk.mp4 --style painting.jpg --every 2
  $ limner evaluate sequence jane.gif --style painting.jpg --no-stills --json

warpingError     mean absolute difference (0..255) of a picture and the next one, moved back by the portrait's optical
                 flow; inside the head, without what is hidden in one of them
chainedError     the same over ten pictures, whose texture has to stay on the person, too
fineTexture      deviation of what is finer than 1.5 px over that of the stills: a blur is steady, too
frameDifference  the same as warpingError without any motion
identity         mean cosine of face embeddings of portrait and result
lost             pictures without a face
shift, noise     change of the result when the portrait moves by a pixel, or gets noise of sigma 1.5
cost             processor time of a picture after the first over that of a still
peers            the portrait itself, the same pictures painted as stills, and a published value
Errors are better when lower; fine texture should be near 1.`;

export function addEvaluateCommand(program: Command, io: Io): void {
  const evaluate = program.command('evaluate').description('Measure quality over many pictures.');
  addStyleCommand(evaluate, io);
  addProportionsCommand(evaluate, io);
  addAdaptCommand(evaluate, io);
  addSrCommand(evaluate, io);
  addFacesCommand(evaluate, io);
  addSegmentsCommand(evaluate, io);
  addTrackingCommand(evaluate, io);
  addSequenceCommand(evaluate, io);
}

interface SequenceOptions extends RenderOptions {
  style: string;
  frames: number;
  every: number;
  stills: boolean;
  boil: number;
}

function addSequenceCommand(evaluate: Command, io: Io): void {
  const command = evaluate
    .command('sequence')
    .description('Measure how steady a painted sequence is, and how much it blurs.')
    .argument('<in>', 'a GIF, an animated WebP, a video, or a folder of pictures')
    .requiredOption('--style <image|style>', 'a picture of a face, or a .limner file')
    .addOption(countOption('--frames <n>', 'use the first n pictures', 2).default(24))
    .addOption(countOption('--every <n>', 'use every n-th picture only').default(1))
    .addOption(numberOption('--boil <n>', 'as of limner sequence', 0, 1).default(0))
    .option('--no-stills', 'do not paint stills to compare with');
  addRenderOptions(command)
    .addHelpText('after', SEQUENCE_HELP)
    .action(async (input: string, options: SequenceOptions) => {
      const progress = createProgress(io);
      const report = await evaluateSequence({
        ...options,
        input,
        options: { ...stylizeOptionsOf(options), boil: options.boil },
        signal: io.signal,
        onProgress: progress.update,
      }).finally(progress.clear);
      io.out(options.json ? JSON.stringify(report) : describeSequence(report));
    });
}

interface StyleOptions
  extends RenderOptions,
    Pick<
      StyleEvaluationOptions,
      'portraits' | 'styles' | 'every' | 'limit' | 'sheet' | 'results' | 'debug' | 'baselines'
    > {}

function addStyleCommand(evaluate: Command, io: Io): void {
  const style = evaluate
    .command('style')
    .description('Render every portrait in every style and measure likeness and style.')
    .requiredOption('--portraits <dir>', 'folder of photographs')
    .requiredOption('--styles <dir...>', 'folders of style references')
    .addOption(countOption('--every <n>', 'use every n-th portrait only').default(1))
    .addOption(countOption('--limit <n>', 'use at most n portraits'))
    .option('--sheet <file>', 'write a contact sheet: styles down, portraits across')
    .option('--results <dir>', 'write every result to this folder, as STYLES/PORTRAIT.STYLE.png')
    .option('--debug <dir>', 'write how every result came about: segments, guides, field, corrections')
    .option('--no-baselines', 'leave out the untouched portrait and Reinhard colour transfer');
  addRenderOptions(style)
    .addHelpText('after', STYLE_HELP)
    .action(async (options: StyleOptions) => {
      const progress = createProgress(io);
      const report = await evaluateStyle({
        ...options,
        stylizeOptions: stylizeOptionsOf(options),
        signal: io.signal,
        onProgress: progress.update,
        onSkip(name, failure) {
          progress.clear();
          reportWarning(`Skipped: ${withHint(failure)} [${failure.code}]`, io, options.json, {
            portrait: name,
          });
        },
      }).finally(progress.clear);
      io.out(options.json ? JSON.stringify(report) : describeStyles(report));
    });
}

interface AdaptOptions {
  portraits?: string;
  every: number;
  device: DeviceName | 'auto';
  json: boolean;
}

function addAdaptCommand(evaluate: Command, io: Io): void {
  evaluate
    .command('adapt')
    .description('Compare the networks that styles bring with the shipped one.')
    .argument('<style...>', '.limner files')
    .option('--portraits <dir>', 'photographs to render in each style')
    .addOption(countOption('--every <n>', 'use every n-th portrait only').default(1))
    .addOption(deviceOption())
    .option('--json', 'print JSON, one line a style, and errors as JSON on stderr', false)
    .addHelpText('after', ADAPT_HELP)
    .action(async (files: string[], { portraits, every, device, json }: AdaptOptions) => {
      const all = portraits === undefined ? [] : await listPictures(portraits);
      const chosen = all.filter((_, i) => i % every === 0);
      const describe = (report: AdaptReport) => (json ? JSON.stringify(report) : describeAdapted(report));
      for (const file of files) {
        io.signal.throwIfAborted();
        const report = await evaluateAdapted(file, { portraits: chosen, device, signal: io.signal });
        if (report) io.out(describe(report));
        else reportWarning(`${file} brings no network of its own.`, io, json);
      }
    });
}

function addSrCommand(evaluate: Command, io: Io): void {
  evaluate
    .command('sr')
    .description('Enlarge every picture of a benchmark by 4 and measure how near the original it comes.')
    .requiredOption('--data <dir>', 'folder of sets')
    .option('--weights <name|file>', 'bicubic, the name of a network, or an ONNX file', 'srresnet')
    .addOption(deviceOption())
    .option('--json', 'print JSON, and errors as JSON on stderr', false)
    .addHelpText('after', SR_HELP)
    .action(async ({ json, ...options }: SrEvaluationOptions & { json: boolean }) => {
      const progress = createProgress(io);
      const onProgress = (done: number, total: number) =>
        progress.update(done / total, `${done} of ${total}`);
      const report = await evaluateSr({ ...options, signal: io.signal, onProgress }).finally(progress.clear);
      io.out(json ? JSON.stringify(report) : describeSr(report));
    });
}

function addFacesCommand(evaluate: Command, io: Io): void {
  evaluate
    .command('faces')
    .description('Find the faces of many people, tilted and small, too, and compare different people.')
    .requiredOption('--data <dir>', 'folder with one picture a person')
    .addOption(countOption('--every <n>', 'use every n-th picture only').default(1))
    .addOption(countOption('--probes <n>', 'tilt and shrink only the first n of them').default(20))
    .addOption(deviceOption())
    .option('--json', 'print JSON, and errors as JSON on stderr', false)
    .addHelpText('after', FACES_HELP)
    .action(async ({ json, ...options }: FaceEvaluationOptions & { json: boolean }) => {
      const progress = createProgress(io);
      const onProgress = (done: number, total: number) =>
        progress.update(done / total, `${done} of ${total}`);
      const report = await evaluateFaces({ ...options, signal: io.signal, onProgress }).finally(
        progress.clear,
      );
      io.out(json ? JSON.stringify(report) : describeFaces(report));
    });
}

function describeSr({ weights, sets }: SrReport): string {
  const rows = Object.entries(sets).map(([name, { psnr, ssim, niqe }]) =>
    [name.padEnd(12), psnr.toFixed(2), ssim.toFixed(4), niqe?.toFixed(2) ?? '–'].join('  '),
  );
  return [`${weights} ×4`, `${'set'.padEnd(12)}  psnr   ssim    niqe`, ...rows].join('\n');
}

function addSegmentsCommand(evaluate: Command, io: Io): void {
  evaluate
    .command('segments')
    .description('Measure how well hair, skin, clothes and person are told apart.')
    .requiredOption('--data <dir>', 'folder with images/ and labels/')
    .addOption(countOption('--every <n>', 'use every n-th picture only').default(1))
    .addOption(deviceOption())
    .option('--json', 'print JSON, and errors as JSON on stderr', false)
    .addHelpText('after', SEGMENTS_HELP)
    .action(async ({ json, ...options }: SegmentEvaluationOptions & { json: boolean }) => {
      const progress = createProgress(io);
      const onProgress = (done: number, total: number) =>
        progress.update(done / total, `${done} of ${total}`);
      const report = await evaluateSegments({ ...options, signal: io.signal, onProgress }).finally(
        progress.clear,
      );
      io.out(json ? JSON.stringify(report) : describeSegments(report));
    });
}

interface TrackingOptions {
  method: TrackingMethod;
  device: DeviceName | 'auto';
  json: boolean;
}

function addTrackingCommand(evaluate: Command, io: Io): void {
  evaluate
    .command('tracking')
    .description('Follow a face through a sequence whose boxes are known.')
    .argument('<dir>', 'folder of frames with groundtruth_rect.txt')
    .addOption(
      new Option('--method <name>', 'what follows the face').choices(TRACKING_METHODS).default('together'),
    )
    .addOption(deviceOption())
    .option('--json', 'print JSON, and errors as JSON on stderr', false)
    .addHelpText('after', TRACKING_HELP)
    .action(async (folder: string, { json, ...options }: TrackingOptions) => {
      const progress = createProgress(io);
      const onProgress = (done: number, total: number) =>
        progress.update(done / total, `${done} of ${total}`);
      const scores = await evaluateTracking(folder, { ...options, signal: io.signal, onProgress }).finally(
        progress.clear,
      );
      io.out(json ? JSON.stringify(scores) : describeTracking(scores));
    });
}
