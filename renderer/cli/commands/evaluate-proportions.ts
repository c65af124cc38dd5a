/** `limner evaluate proportions`. */
import type { Command } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import { describeFolds, evaluateFolds } from '../../evaluation/evaluate-folds.ts';
import {
  describeProportions,
  evaluateProportions,
  type ProportionEvaluationOptions,
} from '../../evaluation/evaluate-proportions.ts';
import { countOption, numberOption } from '../options/option-values.ts';
import { deviceOption } from '../options/render-options.ts';
import type { Io } from '../terminal/io.ts';
import { createProgress } from '../terminal/progress.ts';

const PROPORTIONS_HELP = `
Examples:
  $ limner evaluate proportions --portraits people/ --styles cartoons/ --every 100 --sheet sheet.png
  Whether any of many changes folds, by geometry alone, ten times as fast:
    $ limner evaluate proportions --portraits people/ --styles cartoons/ --folds

identity   cosine of the embeddings of photograph and deformed photograph; different people have about 0.42
Jacobian   how near a deformation comes to a fold: 1 nothing changes, 0 a fold; below 0.2 a change is scaled back
measured   changes of proportions that the face mesh finds on the deformed photograph, over those that were asked; with
           glasses and without where there are both
Nothing is painted. Faces turned by more than 30° are left out. Look at the sheet, too.`;

type ProportionsOptions = Omit<ProportionEvaluationOptions, 'signal' | 'onProgress'> & {
  folds: boolean;
  json: boolean;
};

export function addProportionsCommand(evaluate: Command, io: Io): void {
  evaluate
    .command('proportions')
    .description(
      "Take photographs to the proportions of every style's face and measure what that does to them.",
    )
    .requiredOption('--portraits <dir>', 'folder of photographs')
    .requiredOption('--styles <dir...>', 'folders of style references')
    .addOption(countOption('--every <n>', 'use every n-th portrait only').default(1))
    .addOption(numberOption('--proportions <n>', "1: the style's proportions", 0, 1).default(0.5))
    .addOption(numberOption('--exaggerate <n>', "1: the person's own, twice more", 0, 1).default(0))
    .option('--folds', 'only count folds and changes that are scaled back; nothing is found again', false)
    .option('--sheet <file>', 'write a contact sheet: styles across, photographs down')
    .addOption(deviceOption())
    .option('--json', 'print JSON, and errors as JSON on stderr', false)
    .addHelpText('after', PROPORTIONS_HELP)
    .action(async ({ json, folds, ...options }: ProportionsOptions) => {
      if (folds && options.sheet)
        throw new LimnerError(
          'USAGE',
          'Expected --folds without --sheet: nothing is deformed that could be shown.',
        );
      const progress = createProgress(io);
      const task = { ...options, signal: io.signal, onProgress: progress.update };
      if (folds) {
        const report = await evaluateFolds(task).finally(progress.clear);
        io.out(json ? JSON.stringify(report) : describeFolds(report));
        return;
      }
      const report = await evaluateProportions(task).finally(progress.clear);
      io.out(json ? JSON.stringify(report) : describeProportions(report));
    });
}
