/** `limner sequence`: moving pictures in the style of one reference. */

import { parse } from 'node:path';
import { type Command, Option } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import { loadFaceNetworks } from '../../../models/face/index.ts';
import { prepareOptionsOf } from '../../../models/style-file/index.ts';
import { prepareStyle } from '../../../models/stylize/stylize.ts';
import { paintSequenceFile } from '../../core/engine/paint-sequence.ts';
import { styleNotes } from '../../core/engine/style-notes.ts';
import { withoutSlash } from '../../core/files/file-name.ts';
import { checkWritable } from '../../core/files/save-file.ts';
import { refuseInputs } from '../../core/pictures/plan-outputs.ts';
import { DEFAULT_LIMITS } from '../../core/sequences/sequence.ts';
import { sequenceFormat } from '../../core/sequences/write-sequence.ts';
import { findStyle, openStyle } from '../../core/styles/open-style.ts';
import { countOption, numberOption } from '../options/option-values.ts';
import {
  addProvenanceOptions,
  openFileSeal,
  openSeal,
  type ProvenanceOptions,
} from '../options/provenance-options.ts';
import { addRenderOptions, type RenderOptions, stylizeOptionsOf } from '../options/render-options.ts';
import { stylesOption } from '../options/styles-option.ts';
import type { Io } from '../terminal/io.ts';
import { createProgress } from '../terminal/progress.ts';
import { reportWarning } from '../terminal/report-error.ts';

const EXAMPLES = `
Examples:
  A GIF, beside jane.gif as jane.mona-lisa.gif:
    $ limner sequence jane.gif --style mona-lisa.jpg
  Three seconds of a video with its sound (FFmpeg has to be there: limner doctor says):
    $ limner sequence talk.mp4 --style mona-lisa.jpg --out talk.painted.mp4 --range 2-5
  A folder of numbered pictures into another folder:
    $ limner sequence frames/ --style mona-lisa.jpg --out painted/
  Twelve pictures a second, a fifth of the strokes drawn anew all the time, as in hand-made animation:
    $ limner sequence jane.webp --style sketch.jpg --fps 12 --boil 0.2

IN is a GIF, an animated WebP, a folder of pictures, or, with FFmpeg on the PATH, any video. The name of --out says what is
written: .gif, .webp, .mp4, .webm, .mov, or a folder. Times, turned videos and sound are kept; --background transparent
keeps its alpha in .webp, .gif, .webm and .mov. What is painted lies in OUT.frames until all is: a run that was stopped goes
on from there.
Exit codes: 0 done, 2 wrong usage, 3 bad input, 4 weights, a device, FFmpeg or a result failed, 130 interrupted.`;

interface Options extends RenderOptions, ProvenanceOptions {
  style: string;
  styles?: string;
  out?: string;
  fps?: number;
  range?: { from?: number; to?: number };
  boil: number;
  maxFrames: number;
  maxSeconds: number;
}

export function addSequenceCommand(program: Command, io: Io): void {
  const command = program
    .command('sequence')
    .description('Restyle moving pictures, steady in time: GIF, WebP, video or a folder of pictures.')
    .argument('<in>', 'a GIF, an animated WebP, a video, or a folder of pictures')
    .requiredOption('--style <image|style>', 'a picture of a face, a .limner file, or the name of a style')
    .addOption(stylesOption())
    .option('--out <file|dir>', 'where to write (default: NAME.STYLE and the ending of IN, beside it)')
    .addOption(numberOption('--fps <n>', 'at most so many pictures a second', 0.1, 240))
    .addOption(rangeOption())
    .addOption(
      numberOption('--boil <n>', 'share of the strokes that is drawn anew all the time', 0, 1).default(0),
    )
    .addOption(countOption('--max-frames <n>', 'refuse longer sequences').default(DEFAULT_LIMITS.maxFrames))
    .addOption(
      countOption('--max-seconds <n>', 'refuse longer sequences').default(DEFAULT_LIMITS.maxSeconds),
    );
  addProvenanceOptions(addRenderOptions(command))
    .addHelpText('after', EXAMPLES)
    .action(async (input: string, options: Options) => sequence(input, options, io));
}

/** Seconds from–to, either of which may be left out. */
function rangeOption(): Option {
  return new Option('--range <from-to>', 'seconds of the part that is painted, as 2-5, 2- or -5').argParser(
    (text: string) => {
      const parts = text.trim().split('-');
      const isRange = parts.length === 2 && parts.every((part) => /^[\d.]*$/.test(part));
      const [a, b] = isRange ? parts.map((part) => (part ? Number(part) : undefined)) : [];
      const isEmpty = a === undefined && b === undefined;
      if (isEmpty || Number.isNaN(a) || Number.isNaN(b) || (a ?? 0) >= (b ?? Number.POSITIVE_INFINITY))
        throw new LimnerError(
          'USAGE',
          `Expected seconds as 2-5, 2- or -5 for --range but received ${JSON.stringify(text)}.`,
        );
      return { from: a, to: b };
    },
  );
}

async function sequence(input: string, options: Options, io: Io): Promise<void> {
  const path = await findStyle(options.style, options.styles);
  const output = options.out ?? besides(input, parse(path).name);
  const format = sequenceFormat(output);
  if (options.background === 'transparent' && format === 'mp4')
    throw new LimnerError(
      'USAGE',
      'Expected .webp, .gif, .webm or .mov for --background transparent but received .mp4.',
    );
  await refuseInputs([output], [input, path]);
  await checkWritable(`${withoutSlash(output)}.limner`);
  const { reference, style: file } = await openStyle(path, options);
  const seal = await openSeal(options, 'restyled', path);
  const networks = await loadFaceNetworks({ device: options.device });
  const progress = createProgress(io);
  const started = performance.now();
  try {
    const style = await prepareStyle(reference, networks, {
      ...prepareOptionsOf(file),
      notes: styleNotes(reference),
    });
    const report = await paintSequenceFile({
      ...{ input, output, style, networks },
      options: { ...stylizeOptionsOf(options), boil: options.boil },
      limits: options,
      part: { ...options.range, fps: options.fps },
      origin: {
        file: await openFileSeal(options, path),
        seal: (picture, source) => seal(picture, 'png', source),
      },
      signal: io.signal,
      onProgress: progress.update,
    });
    progress.clear();
    for (const warning of report.warnings) reportWarning(warning, io, options.json, { sequence: input });
    const { width, height, frames, lost, resumed } = report;
    const ms = Math.round(performance.now() - started);
    io.out(
      options.json
        ? JSON.stringify({ output, ...report, milliseconds: ms, device: networks.device })
        : `${output} (${width}×${height}, ${frames} pictures${lost > 0 ? `, ${lost} without a face` : ''}${resumed > 0 ? `, ${resumed} of an earlier run` : ''}, ${(ms / 1000).toFixed(1)} s on ${networks.device})`,
    );
  } finally {
    progress.clear();
    await networks.release();
  }
}

/** NAME.STYLE with the ending of the input, where that can be written; else .webp. */
function besides(input: string, style: string): string {
  const { dir, name, ext } = parse(withoutSlash(input));
  const plain = `${dir ? `${dir}/` : ''}${name}.${style}`;
  if (ext === '') return `${plain}/`;
  const same = ['.gif', '.webp', '.mp4', '.m4v', '.webm', '.mov'].includes(ext.toLowerCase());
  return `${plain}${same ? ext.toLowerCase() : '.mp4'}`;
}
