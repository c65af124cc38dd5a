/** `limner evaluate sequence`. */
import type { Command } from 'commander';
import { evaluateSequence } from '../../evaluation/sequences/evaluate-sequence.ts';
import { describeSequence } from '../../evaluation/sequences/sequence-report.ts';
import { countOption, numberOption } from '../options/option-values.ts';
import { addRenderOptions, type RenderOptions, stylizeOptionsOf } from '../options/render-options.ts';
import type { Io } from '../terminal/io.ts';
import { createProgress } from '../terminal/progress.ts';

const SEQUENCE_HELP = `
Examples:
  $ limner evaluate sequence talk.mp4 --style painting.jpg --every 2
  $ limner evaluate sequence jane.gif --style painting.jpg --no-stills --json
  $ limner evaluate sequence talk.mp4 --style painting.jpg --every 2 --sheet talk.html

warpingError     mean absolute difference (0..255) of a picture and the next one, moved back by the portrait's optical
                 flow; inside the head, without what is hidden in one of them
chainedError     the same over ten pictures, whose texture has to stay on the person, too
fineTexture      deviation of what is finer than 1.5 px over that of the stills: a blur is steady, too
frameDifference  the same as warpingError without any motion
identity         mean cosine of face embeddings of portrait and result
lost             pictures without a face
newCanvases      times that a head had turned so far that it was painted on a new canvas
shift, noise     change of the result when the portrait moves by a pixel, or gets noise of sigma 1.5
cost             processor time of a picture but the one that is painted first over that of a still
peers            the portrait itself, the same pictures painted as stills, and a published value
--sheet: a page that plays the portrait, the sequence and the stills side by side, and below each what differs from the
picture before after the portrait's motion is taken out; or, as .jpg, .png or .webp, a sheet of single pictures.
Errors are better when lower; fine texture should be near 1. Look at the sheet, too: a blur is steady.`;

interface SequenceOptions extends RenderOptions {
  style: string;
  frames: number;
  every: number;
  stills: boolean;
  boil: number;
  sheet?: string;
}

export function addSequenceCommand(evaluate: Command, io: Io): void {
  const command = evaluate
    .command('sequence')
    .description('Measure how steady a painted sequence is, and how much it blurs.')
    .argument('<in>', 'a GIF, an animated WebP, a video, or a folder of pictures')
    .requiredOption('--style <image|style>', 'a picture of a face, or a .limner file')
    .addOption(countOption('--frames <n>', 'use the first n pictures', 2).default(24))
    .addOption(countOption('--every <n>', 'use every n-th picture only').default(1))
    .addOption(numberOption('--boil <n>', 'as of limner sequence', 0, 1).default(0))
    .option('--no-stills', 'do not paint stills to compare with')
    .option(
      '--sheet <file>',
      'write a page (.html) that plays all side by side, or a sheet (.jpg) of pictures',
    );
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
