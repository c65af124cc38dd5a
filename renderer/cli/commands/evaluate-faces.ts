/** `limner evaluate faces`. */
import type { Command } from 'commander';
import { describeFaces, evaluateFaces, type FaceEvaluationOptions } from '../../evaluation/evaluate-faces.ts';
import { countOption } from '../options/option-values.ts';
import { deviceOption } from '../options/render-options.ts';
import type { Io } from '../terminal/io.ts';
import { counted, createProgress } from '../terminal/progress.ts';

const FACES_HELP = `
Example:
  $ limner evaluate faces --data people/ --every 2 --probes 20

Takes a folder with one picture a person: whether the face is found upright, tilted and small, and how alike the
embeddings of different people are, which is what an identity in "limner evaluate style" has to be compared with.`;

export function addFacesCommand(evaluate: Command, io: Io): void {
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
      const onProgress = counted(progress);
      const report = await evaluateFaces({ ...options, signal: io.signal, onProgress }).finally(
        progress.clear,
      );
      io.out(json ? JSON.stringify(report) : describeFaces(report));
    });
}
