/** `limner render`: portraits in the style of one reference. */
import { join, parse } from 'node:path';
import type { Command } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import { loadFaceNetworks } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { prepareOptionsOf, type Style } from '../../../models/style-file/index.ts';
import { FULL_SCALES, type FullResult, type FullScale } from '../../../models/stylize/render-full.ts';
import { prepareStyle } from '../../../models/stylize/stylize.ts';
import { keepGamut } from '../../core/engine/keep-gamut.ts';
import { type Enlarger, openStyleEnlarger } from '../../core/engine/open-enlarger.ts';
import { type Painter, paintPortrait } from '../../core/engine/paint-portrait.ts';
import { styleNotes } from '../../core/engine/style-notes.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { checkWritable, saveFile } from '../../core/files/save-file.ts';
import { PIPE } from '../../core/files/standard-streams.ts';
import { createDebugFolder, type DebugFolder } from '../../core/pictures/debug-folder.ts';
import { checkOutputSize, outputFormat } from '../../core/pictures/encode-picture.ts';
import { planOutputs, usable } from '../../core/pictures/plan-outputs.ts';
import { decodeSource, type GamutChoice } from '../../core/pictures/read-picture.ts';
import { findStyle, openStyle } from '../../core/styles/open-style.ts';
import type { Seal } from '../../provenance/seal.ts';
import { choiceOption } from '../options/option-values.ts';
import { addProvenanceOptions, openSeal, type ProvenanceOptions } from '../options/provenance-options.ts';
import {
  addRenderOptions,
  gamutOption,
  type RenderOptions,
  stylizeOptionsOf,
  weightsOption,
} from '../options/render-options.ts';
import { stylesOption } from '../options/styles-option.ts';
import { eachInput } from '../terminal/each-input.ts';
import type { Io } from '../terminal/io.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import { oneLine, reportWarning } from '../terminal/report-error.ts';
import { renderReport } from './render-report.ts';

const EXAMPLES = `
Examples:
  Jane in the style of a painting, beside jane.jpg as jane.mona-lisa.png:
    $ limner render jane.jpg --style mona-lisa.jpg
  Closer to the person, only half as strong, the photograph's own background:
    $ limner render jane.jpg --style mona-lisa.jpg --likeness 0.8 --strength 0.5 --background keep
  In the sitter's hair and costume, as far as the painting shows them:
    $ limner render jane.jpg --style mona-lisa.jpg --shape 1
    $ limner render jane.jpg --style cartoon.jpg --proportions 0.5 --exaggerate 0.2
  A whole team into one folder, cut out:
    $ limner render team/*.jpg --style mona-lisa.jpg --out avatars/ --background transparent
  Four times larger, for print (slow without a graphics card):
    $ limner render jane.jpg --style mona-lisa.jpg --mode full
  In a style that limner adapt made, with its own settings and, in full, its own network:
    $ limner render jane.jpg --style mona-lisa.limner --mode full
  By the second sitter from the left of a group or a sheet of portraits:
    $ limner render jane.jpg --style family.jpg --reference-face 2
  What the method saw, as pictures on a page (for a bug report: nothing leaves your machine):
    $ limner render jane.jpg --style mona-lisa.jpg --debug debug/
  A photograph in Display P3 whose background keeps its colours:
    $ limner render jane.jpg --style mona-lisa.jpg --background keep --gamut source
  Through pipes, as PNG, with what is said on stderr:
    $ curl … | limner render - --style mona-lisa.jpg > jane.png
  For a script, one line of JSON a portrait:
    $ limner render jane.jpg --style mona-lisa.jpg --out jane.webp --json

Pictures are PNG, JPEG, WebP, AVIF, TIFF or GIF. Results have the portrait's framing and size, or with --mode
full exactly --scale times its size; .png, .jpg, .jpeg or .webp in --out says which kind of file. An input is never
overwritten; an earlier result is.
Exit codes: 0 done, 2 wrong usage, 3 bad input, 4 weights, a device or a result failed, 130 interrupted, 1 anything else.`;

interface Options extends RenderOptions, ProvenanceOptions {
  style: string;
  styles?: string;
  out?: string;
  debug?: string;
  scale?: string;
  weights?: string;
  gamut: GamutChoice;
}

/** @param exit called with the exit code */
export function addRenderCommand(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('render')
    .description('Restyle portraits from one style reference.')
    .argument('<portrait...>', 'photographs in which a face is clearly visible')
    .requiredOption('--style <image|style>', 'a picture of a face, a .limner file, or the name of a style')
    .addOption(stylesOption())
    .option('--out <file|dir>', 'where to write (default: NAME.STYLE.png beside each portrait)')
    .option('--debug <dir>', 'also write how each result came about: segments, guides, field, corrections');
  addProvenanceOptions(addRenderOptions(command, ['instant', 'full']))
    .addOption(
      choiceOption(
        '--scale <n>',
        'with --mode full: output size over portrait size',
        FULL_SCALES.map(String),
      ),
    )
    .addOption(weightsOption())
    .addOption(gamutOption())
    .addHelpText('after', EXAMPLES)
    .action(async (portraits: string[], options: Options) => {
      const isChosen = (name: string) => command.getOptionValueSource(name) === 'cli';
      exit(await render(portraits, options, isChosen, io));
    });
}

/** What a style file sets and the command line does not. */
function styleSettings(style: Style | null, isChosen: (name: string) => boolean): Partial<RenderOptions> {
  const settings = Object.entries(style?.manifest.settings ?? {});
  return Object.fromEntries(settings.filter(([name]) => !isChosen(name)));
}

/** The exit code: that of the first error, 0 without one. A portrait that fails does not stop the others. */
async function render(
  portraits: readonly string[],
  given: Options,
  isChosen: (name: string) => boolean,
  io: Io,
): Promise<number> {
  const started = performance.now();
  const isFull = given.mode === 'full';
  if (!isFull) refuseFullOptions(given);
  const path = await findStyle(given.style, given.styles);
  const ending = `.${parse(path).name}.png`;
  const outputs = await planOutputs(portraits, { ending, out: given.out, others: [path] });
  const { reference, style: file } = await openStyle(path, given);
  const seal = await openSeal(given, 'restyled', path);
  const options = { ...given, ...styleSettings(file, isChosen) };
  const enlarger = isFull ? await openStyleEnlarger(file, options.weights, { device: options.device }) : null;
  const networks = await loadFaceNetworks({ device: options.device });
  const progress = createProgress(io);
  try {
    const prepared = await prepareStyle(reference, networks, {
      ...prepareOptionsOf(file),
      notes: styleNotes(reference),
    });
    const style = await prepared.ofFace(options.referenceFace);
    const job: RenderTask = {
      style,
      networks,
      enlarger,
      seal,
      options,
      io,
      prepared: performance.now() - started,
    };
    return await eachInput(
      portraits,
      { io, json: options.json, progress, kind: 'portrait' },
      async (portrait, i, step) => renderOne(portrait, usable(outputs[i]), job, step),
    );
  } finally {
    progress.clear();
    await Promise.all([networks.release(), enlarger?.upscaler.session.release()]);
  }
}

function refuseFullOptions(options: Options): void {
  for (const name of ['scale', 'weights'] as const) {
    const value = options[name];
    if (value === undefined) continue;
    throw new LimnerError('USAGE', `Expected --mode full with --${name} but received ${options.mode}.`);
  }
}

interface RenderTask extends Painter {
  readonly seal: Seal;
  readonly options: Options;
  readonly io: Io;
  /** Milliseconds until the style was ready. */
  readonly prepared: number;
}

async function renderOne(path: string, output: string, job: RenderTask, progress: Progress): Promise<void> {
  const { options, io, style, networks, enlarger } = job;
  const started = performance.now();
  const source = await readFileBytes(path);
  const original = await decodeSource(source, path, options);
  const portrait = original.picture;
  const format = outputFormat(output);
  await checkWritable(output);
  const scale = enlarger ? (Number(options.scale ?? 4) as FullScale) : 1;
  const [width, height] = [portrait.width * scale, portrait.height * scale];
  checkOutputSize({ width, height }, format);
  const read = performance.now() - started;
  const debug = options.debug
    ? createDebugFolder(join(options.debug, parse(output).name), `${path} → ${output}`)
    : null;
  const result = await paint(portrait, scale, job, progress, debug);
  await debug?.write(io.signal);
  const { picture, gamut } = keepGamut(result, original, options);
  const rendered = performance.now();
  await saveFile(output, await job.seal(picture, format, source, gamut), io.signal);
  const done = performance.now();
  progress.clear();
  for (const warning of result.warnings) reportWarning(warning, io, options.json, { portrait: path });
  const timings = {
    prepare: job.prepared,
    read,
    ...result.timings,
    write: done - rendered,
    total: done - started,
  };
  const found = {
    ...result,
    timings,
    gamut: gamut?.name ?? 'sRGB',
    ...(enlarger ? { weights: enlarger.name } : { enlarged: undefined, referenceEnlarged: undefined }),
  };
  const colours = gamut ? ` in ${gamut.name}` : '';
  const say = output === PIPE ? io.err : io.out;
  say(
    options.json
      ? JSON.stringify(await renderReport(output, portrait, found, style, networks))
      : oneLine(
          `${output} (${width}×${height}${colours}${howPainted(result, enlarger)}, ${Math.round(timings.total)} ms on ${networks.device})`,
        ),
  );
}

/** Of a full render, how it came to its size. */
function howPainted({ enlarged, referenceEnlarged }: FullResult, enlarger: Enlarger | null): string {
  if (!enlarger) return '';
  if (enlarged > 1) return `, enlarged ${Number(enlarged.toFixed(1))}× by ${enlarger.name}`;
  const from =
    referenceEnlarged > 1 ? ` from the reference, enlarged ${referenceEnlarged}× by ${enlarger.name}` : '';
  return `, painted at this size${from}`;
}

function paint(
  portrait: Picture,
  scale: FullScale,
  job: RenderTask,
  progress: Progress,
  debug: DebugFolder | null,
) {
  return paintPortrait(portrait, job, {
    ...stylizeOptionsOf(job.options),
    scale,
    signal: job.io.signal,
    inspect: debug?.add,
    onProgress: (share, stage) => progress.update(share, stage),
  });
}
