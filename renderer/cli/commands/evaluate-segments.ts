/** `limner evaluate segments`. */
import type { Command } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import { evaluateSegments, type SegmentEvaluationOptions } from '../../evaluation/evaluate-segments.ts';
import { describeSegments } from '../../evaluation/segment-report.ts';
import { countOption } from '../options/option-values.ts';
import { deviceOption } from '../options/render-options.ts';
import type { Io } from '../terminal/io.ts';
import { counted, createProgress } from '../terminal/progress.ts';

const SEGMENTS_HELP = `
Examples:
  $ limner evaluate segments --data masks/ --every 10
  Photographs painted first, in the references in turn; their labels stay true:
    $ limner evaluate segments --data masks/ --painted starters/ mona-lisa.jpg --results paintings/
  The same paintings once more, after a change:
    $ limner evaluate segments --data paintings/

Mean intersection over union, and how near borders are (F-measure within 0.75 % of the diagonal). Labels are in the colours
of CelebAMask-HQ, or grey with the index of a class of the parsing network (models/face/parsing-classes.ts; 255: unknown).
Hats count as hair; face, features, ears and neck as skin; a class counts in the pictures that show it.`;

export function addSegmentsCommand(evaluate: Command, io: Io): void {
  evaluate
    .command('segments')
    .description('Measure how well hair, skin, clothes and person are told apart.')
    .requiredOption('--data <dir>', 'folder with images/ and labels/')
    .addOption(countOption('--every <n>', 'use every n-th picture only').default(1))
    .option(
      '--painted <references...>',
      'paint each face in one of these pictures, or of these folders, and look at that',
    )
    .option('--results <dir>', 'keep the paintings with their labels, as a folder for --data')
    .addOption(deviceOption())
    .option('--json', 'print JSON, and errors as JSON on stderr', false)
    .addHelpText('after', SEGMENTS_HELP)
    .action(async ({ json, ...options }: SegmentEvaluationOptions & { json: boolean }) => {
      if (options.results && !options.painted)
        throw new LimnerError(
          'USAGE',
          'Expected --results with --painted: nothing else is made that could be kept.',
        );
      const progress = createProgress(io);
      const onProgress = counted(progress);
      const report = await evaluateSegments({ ...options, signal: io.signal, onProgress }).finally(
        progress.clear,
      );
      io.out(json ? JSON.stringify(report) : describeSegments(report));
    });
}
