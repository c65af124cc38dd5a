/** `limner evaluate sr`. */
import type { Command } from 'commander';
import { evaluateSr, type SrEvaluationOptions, type SrReport } from '../../evaluation/evaluate-sr.ts';
import { deviceOption } from '../options/render-options.ts';
import type { Io } from '../terminal/io.ts';
import { counted, createProgress } from '../terminal/progress.ts';

const SR_HELP = `
Examples:
  $ limner evaluate sr --data bench/
  $ limner evaluate sr --data bench/set5 --weights bicubic --json

psnr, ssim  on luma without 4 px at each side; higher is better
perceptual  distance from the original in features of the face and parsing networks; lower is better
niqe        how unnatural a picture looks by itself; lower is better
A set is a folder of pictures, or has them in HR/ and perhaps their quarter-size versions in LRx4/.`;

export function addSrCommand(evaluate: Command, io: Io): void {
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
      const onProgress = counted(progress);
      const report = await evaluateSr({ ...options, signal: io.signal, onProgress }).finally(progress.clear);
      io.out(json ? JSON.stringify(report) : describeSr(report));
    });
}

function describeSr({ weights, sets }: SrReport): string {
  const rows = Object.entries(sets).map(([name, { psnr, ssim, perceptual, niqe }]) =>
    [
      name.padEnd(12),
      psnr.toFixed(2),
      ssim.toFixed(4),
      perceptual.toFixed(4).padEnd(10),
      niqe?.toFixed(2) ?? '–',
    ].join('  '),
  );
  return [`${weights} ×4`, `${'set'.padEnd(12)}  psnr   ssim    perceptual  niqe`, ...rows].join('\n');
}
