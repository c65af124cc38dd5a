/** `limner evaluate`: quality in numbers. */
import type { Command } from 'commander';
import type { Io } from '../cli/io.ts';
import { countOption } from '../cli/option-values.ts';
import { addRenderOptions } from '../cli/render-options.ts';
import { evaluateStyle, type StyleEvaluationOptions } from './evaluate-style.ts';

const STYLE_HELP = `
Examples:
  $ limner evaluate style --portraits people/ --styles paintings/ --sheet sheet.png
  $ limner evaluate style --portraits people/ --styles paintings/ --every 40 --likeness 0.8 --json > result.json

identity         cosine of face embeddings of portrait and result; different people have about 0.42
landmarkError    mean distance of 468 points, in inter-ocular distances, found again on the result
styleDistance    sliced Wasserstein distance of 7×7 Lab patches of result and reference
textureDistance  the same without each patch's mean, inside the faces
Pictures without a face are skipped and listed. Look at the sheet, too: a better number may be a worse picture.`;

export function addEvaluateCommand(program: Command, io: Io, exit: (code: number) => void): void {
  const evaluate = program.command('evaluate').description('Measure quality over many pictures.');
  const style = evaluate
    .command('style')
    .description('Render every portrait in every style and measure likeness and style.')
    .requiredOption('--portraits <dir>', 'folder of photographs')
    .requiredOption('--styles <dir>', 'folder of style references')
    .addOption(countOption('--every <n>', 'use every n-th portrait only').default(1))
    .addOption(countOption('--limit <n>', 'use at most n portraits'))
    .option('--sheet <file>', 'write a contact sheet: styles down, portraits across')
    .option('--no-baselines', 'leave out the untouched portrait and Reinhard colour transfer');
  addRenderOptions(style)
    .addHelpText('after', STYLE_HELP)
    .action(async (options: StyleEvaluationOptions) => exit(await evaluateStyle(options, io)));
}
