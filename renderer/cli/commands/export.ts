/** `limner export`: frames with their portraits restyled, at any size, without Figma. */
import { basename, extname, parse } from 'node:path';
import type { Command } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import { loadFaceNetworks } from '../../../models/face/index.ts';
import { lazy } from '../../../models/lazy.ts';
import { prepareOptionsOf } from '../../../models/style-file/index.ts';
import { prepareStyle } from '../../../models/stylize/stylize.ts';
import { openStyleEnlarger } from '../../core/engine/open-enlarger.ts';
import { type Painter, paintPortrait } from '../../core/engine/paint-portrait.ts';
import { styleNotes } from '../../core/engine/style-notes.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { checkWritable, saveFile } from '../../core/files/save-file.ts';
import { PIPE } from '../../core/files/standard-streams.ts';
import { planOutputs, usable } from '../../core/pictures/plan-outputs.ts';
import { findStyle, openStyle } from '../../core/styles/open-style.ts';
import { type Browser, openBrowser } from '../../export/browser.ts';
import { EXPORT_FORMATS, type ExportFormat, exportFrame } from '../../export/export-frame.ts';
import { readFrames } from '../../export/read-frames.ts';
import { sha256 } from '../../provenance/origin.ts';
import { type Seal, unsignedXmp } from '../../provenance/seal.ts';
import { choiceOption, numberOption } from '../options/option-values.ts';
import { addProvenanceOptions, openSeal, type ProvenanceOptions } from '../options/provenance-options.ts';
import {
  addRenderOptions,
  type RenderOptions,
  stylizeOptionsOf,
  weightsOption,
} from '../options/render-options.ts';
import { stylesOption } from '../options/styles-option.ts';
import { eachInput } from '../terminal/each-input.ts';
import type { Io } from '../terminal/io.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import { oneLine, reportWarning } from '../terminal/report-error.ts';

const EXAMPLES = `
Examples:
  A frame as Figma exports it to SVG, its portraits restyled, four times as large:
    $ limner export team.svg --style mona-lisa.jpg --scale 4
  Two of its layers only, as PDF for print:
    $ limner export team.svg --style mona-lisa.jpg --portraits "Jane" "Joe" --format pdf
  All frames of a folder:
    $ limner export frames/ --style mona-lisa.jpg --out exported/
  Straight from a Figma file:
    $ FIGMA_TOKEN=… limner export --figma AbCdEf --node 12:34 --style mona-lisa.jpg --out team.png

Export from Figma with "Include id attribute", so that layers keep their names, and without "Outline text" where texts should
stay texts. Frames are drawn by Chromium, without scripts, network or files: what a frame refers to must lie in it.
Exit codes: 0 done, 2 wrong usage, 3 bad input, 4 Chromium, Figma, weights or a device failed, 130 interrupted, 1 anything else.`;

interface Options extends RenderOptions, ProvenanceOptions {
  style: string;
  styles?: string;
  out?: string;
  scale: number;
  format?: ExportFormat;
  portraits: string[];
  weights?: string;
  figma?: string;
  node?: string[];
  tokenEnv: string;
  figmaUrl?: string;
}

/** @param exit called with the exit code */
export function addExportCommand(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('export')
    .description('Draw frames with their portraits restyled, as PNG, WebP or PDF.')
    .argument('[frame...]', 'SVG files, or folders of them')
    .requiredOption('--style <image|style>', 'a picture of a face, a .limner file, or the name of a style')
    .addOption(stylesOption())
    .option('--out <file|dir>', 'where to write (default: NAME.STYLE.png beside each frame)')
    .addOption(numberOption('--scale <n>', 'output size over frame size, 0.1 to 8', 0.1, 8).default(1))
    .addOption(choiceOption('--format <kind>', 'default: what --out says, else png', EXPORT_FORMATS))
    .option('--portraits <layer...>', 'names of the layers to restyle, or all', ['all'])
    .option('--figma <key>', 'take the frames from this Figma file')
    .option('--node <id...>', 'ids of its nodes, e.g. 12:34')
    .option('--token-env <name>', 'the environment variable with a token of Figma', 'FIGMA_TOKEN')
    .option('--figma-url <url>', 'where the REST API of Figma is')
    .addOption(weightsOption());
  addProvenanceOptions(addRenderOptions(command))
    .addHelpText('after', EXAMPLES)
    .action(async (frames: string[], options: Options) => exit(await exportAll(frames, options, io)));
}

async function exportAll(given: readonly string[], options: Options, io: Io): Promise<number> {
  const path = await findStyle(options.style, options.styles);
  const frames = await readFrames(given, options, io.signal);
  const format = options.format ?? formatOf(options.out) ?? 'png';
  const inputs = frames.map(({ name }) => name);
  const outputs = await planOutputs(inputs, {
    ending: `.${parse(path).name}.${format}`,
    out: options.out,
    others: [path],
    checkName: (output) => checkName(output, format),
  });
  const browser = openBrowser();
  const studio = await openStudio(path, options);
  const progress = createProgress(io);
  try {
    const job: ExportTask = { ...studio, browser, format, options, io };
    return await eachInput(
      inputs,
      { io, json: options.json, progress, kind: 'frame' },
      async (name, i, step) => exportOne(name, await frames[i].read(), usable(outputs[i]), job, step),
    );
  } finally {
    progress.clear();
    await Promise.all([browser.close(), studio.close()]);
  }
}

interface Studio {
  readonly painter: (needsEnlarger: boolean) => Promise<Painter>;
  readonly seal: Seal;
  readonly xmp: (source: string) => string | null;
}

interface ExportTask extends Studio {
  readonly browser: Browser;
  readonly format: ExportFormat;
  readonly options: Options;
  readonly io: Io;
}

/** What paints and signs. The network that enlarges is opened when a frame needs it. */
async function openStudio(path: string, options: Options): Promise<Studio & { close(): Promise<void> }> {
  const { reference, style: file } = await openStyle(path, options);
  const seal = await openSeal(options, 'exported', path);
  const { device } = options;
  const networks = await loadFaceNetworks({ device });
  const prepared = await prepareStyle(reference, networks, {
    ...prepareOptionsOf(file),
    notes: styleNotes(reference),
  });
  const style = await prepared.ofFace(options.referenceFace);
  const enlarger = lazy(() => openStyleEnlarger(file, options.weights, { device }));
  const made = {
    action: 'exported',
    style: { name: parse(path).name, sha256: sha256(await readFileBytes(path)) },
  } as const;
  return {
    painter: async (needsEnlarger) => ({
      style,
      networks,
      enlarger: needsEnlarger ? await enlarger() : null,
    }),
    seal,
    xmp: (source) => (options.provenance ? unsignedXmp({ ...made, source }) : null),
    close: async () => {
      const opened = await enlarger.made?.catch(() => null);
      await Promise.all([networks.release(), opened?.upscaler.session.release()]);
    },
  };
}

async function exportOne(
  name: string,
  svg: string,
  output: string,
  job: ExportTask,
  progress: Progress,
): Promise<void> {
  const { options, io, browser, format, seal, xmp } = job;
  const started = performance.now();
  await checkWritable(output);
  const { scale } = options;
  const isAll = options.portraits.length === 1 && options.portraits[0] === 'all';
  const result = await exportFrame(svg, basename(name), browser, {
    scale,
    format,
    layers: isAll ? null : options.portraits,
    seal,
    xmp,
    hasFace: async (picture) => {
      const { networks } = await job.painter(false);
      return (await networks.findFaces(picture)).length > 0;
    },
    signal: io.signal,
    onProgress: (share, stage) => progress.update(share, stage),
    paint: async (portrait, enlargement) => {
      const settings = { ...stylizeOptionsOf(options), scale: enlargement, signal: io.signal };
      return (await paintPortrait(portrait, await job.painter(enlargement > 1), settings)).picture;
    },
  });
  await saveFile(output, result.bytes, io.signal);
  progress.clear();
  for (const warning of result.warnings) reportWarning(warning, io, options.json, { frame: name });
  const { width, height, portraits, unstyled, warnings } = result;
  const time = Math.round(performance.now() - started);
  const say = output === PIPE ? io.err : io.out;
  say(
    options.json
      ? JSON.stringify({
          output,
          width,
          height,
          format,
          portraits,
          unstyled,
          warnings,
          timings: { total: time },
        })
      : oneLine(`${output} (${width}×${height}, ${portraits} portraits, ${time} ms)`),
  );
  if (isAll && unstyled > 0) throw notRestyled(unstyled);
}

const notRestyled = (count: number) =>
  new LimnerError(
    'NOT_RESTYLED',
    `${count} ${count === 1 ? 'picture was' : 'pictures were'} left as ${count === 1 ? 'it is' : 'they are'}; the rest is drawn.`,
  );

const formatOf = (out: string | undefined): ExportFormat | undefined =>
  EXPORT_FORMATS.find((format) => out !== undefined && extname(out).toLowerCase() === `.${format}`);

function checkName(output: string, format: ExportFormat): void {
  if (formatOf(output) === format) return;
  throw new LimnerError(
    'USAGE',
    `Expected a name ending in .${format} (or a folder) for --out but received ${output}.`,
  );
}
