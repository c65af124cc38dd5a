/** `limner evaluate adapt`. */
import type { Command } from 'commander';
import type { DeviceName } from '../../../models/runtime/index.ts';
import { listPictures } from '../../core/pictures/list-pictures.ts';
import { type AdaptReport, describeAdapted, evaluateAdapted } from '../../evaluation/evaluate-adapt.ts';
import { countOption } from '../options/option-values.ts';
import { deviceOption } from '../options/render-options.ts';
import type { Io } from '../terminal/io.ts';
import { reportWarning } from '../terminal/report-error.ts';

const ADAPT_HELP = `
Examples:
  $ limner evaluate adapt oil.limner sketch.limner --portraits people/ --every 100

held out  a quarter of the reference that adaptation never saw, from its own copy of a quarter the size
samples   deformed references that it did not draw, repainted and shrunk
renders   full renders of the portraits; texture is compared with the reference, each at its own size
texture   sliced Wasserstein distance of 7×7 Lab patches less their mean; spectrum shows grids; lower is better for both`;

interface AdaptOptions {
  portraits?: string;
  every: number;
  device: DeviceName | 'auto';
  json: boolean;
}

export function addAdaptCommand(evaluate: Command, io: Io): void {
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
