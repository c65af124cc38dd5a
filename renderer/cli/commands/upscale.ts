/** `limner upscale`: pictures 2 or 4 times larger, by the enlarging network alone. */
import type { Command } from 'commander';
import type { DeviceName } from '../../../models/runtime/index.ts';
import { upscale } from '../../../models/upscale/upscale.ts';
import { type Enlarger, openEnlarger } from '../../core/engine/open-enlarger.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { checkWritable, saveFile } from '../../core/files/save-file.ts';
import { PIPE } from '../../core/files/standard-streams.ts';
import { checkOutputSize, outputFormat } from '../../core/pictures/encode-picture.ts';
import { planOutputs, usable } from '../../core/pictures/plan-outputs.ts';
import { DEFAULT_MAX_PIXELS, decodeSource, type GamutChoice } from '../../core/pictures/read-picture.ts';
import type { Seal } from '../../provenance/seal.ts';
import { choiceOption, countOption } from '../options/option-values.ts';
import { addProvenanceOptions, openSeal, type ProvenanceOptions } from '../options/provenance-options.ts';
import { deviceOption, gamutOption, weightsOption } from '../options/render-options.ts';
import { eachInput } from '../terminal/each-input.ts';
import type { Io } from '../terminal/io.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import { oneLine } from '../terminal/report-error.ts';

const EXAMPLES = `
Examples:
  Four times larger, beside jane.jpg as jane.x4.png:
    $ limner upscale jane.jpg
  Twice as large, by the smallest and fastest network, into a folder:
    $ limner upscale team/*.jpg --scale 2 --weights srgan-lite --out large/
  A photograph in Display P3 that stays one:
    $ limner upscale jane.jpg --gamut source

Pictures are PNG, JPEG, WebP, AVIF, TIFF or GIF. An input is never overwritten; an earlier result is.
Exit codes: 0 done, 2 wrong usage, 3 bad input, 4 weights, a device or a result failed, 130 interrupted, 1 anything else.`;

interface Options extends ProvenanceOptions {
  scale: '2' | '4';
  weights?: string;
  out?: string;
  device: 'auto' | DeviceName;
  maxPixels: number;
  gamut: GamutChoice;
  json: boolean;
}

/** @param exit called with the exit code */
export function addUpscaleCommand(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('upscale')
    .description('Enlarge pictures without restyling them.')
    .argument('<image...>', 'pictures of anything')
    .addOption(choiceOption('--scale <n>', 'output size over input size', ['2', '4']).default('4'))
    .addOption(weightsOption())
    .option('--out <file|dir>', 'where to write (default: NAME.x4.png beside each picture)')
    .addOption(gamutOption())
    .addOption(deviceOption())
    .addOption(countOption('--max-pixels <n>', 'refuse larger pictures').default(DEFAULT_MAX_PIXELS))
    .option('--json', 'print JSON, and errors as JSON on stderr', false);
  addProvenanceOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (images: string[], options: Options) => exit(await upscaleAll(images, options, io)));
}

async function upscaleAll(images: readonly string[], options: Options, io: Io): Promise<number> {
  const { weights, device, json, scale } = options;
  const outputs = await planOutputs(images, { ending: `.x${scale}.png`, out: options.out });
  const seal = await openSeal(options, 'enlarged');
  const enlarger = await openEnlarger(weights, { device });
  const progress = createProgress(io);
  try {
    return await eachInput(images, { io, json, progress, kind: 'image' }, async (image, i, step) =>
      upscaleOne(image, usable(outputs[i]), { enlarger, seal, options, io }, step),
    );
  } finally {
    progress.clear();
    await enlarger.upscaler.session.release();
  }
}

interface UpscaleTask {
  readonly enlarger: Enlarger;
  readonly seal: Seal;
  readonly options: Options;
  readonly io: Io;
}

async function upscaleOne(path: string, output: string, job: UpscaleTask, progress: Progress): Promise<void> {
  const { enlarger, seal, options, io } = job;
  const started = performance.now();
  const scale = options.scale === '2' ? 2 : 4;
  const source = await readFileBytes(path);
  const { picture, wide } = await decodeSource(source, path, options);
  const image = wide?.picture ?? picture;
  const [width, height] = [image.width * scale, image.height * scale];
  const format = outputFormat(output);
  await checkWritable(output);
  checkOutputSize({ width, height }, format);
  const result = await upscale(image, enlarger.upscaler, {
    scale,
    signal: io.signal,
    onProgress: (done) => progress.update(done, 'enlarge'),
  });
  await saveFile(output, await seal(result, format, source, wide?.gamut), io.signal);
  const time = Math.round(performance.now() - started);
  progress.clear();
  const { device } = enlarger.upscaler.session;
  const say = output === PIPE ? io.err : io.out;
  const gamut = wide?.gamut.name ?? 'sRGB';
  const report = { output, width, height, gamut, weights: enlarger.name, device, timings: { total: time } };
  say(
    options.json
      ? JSON.stringify(report)
      : oneLine(
          `${output} (${width}×${height}${wide ? ` in ${gamut}` : ''}, ${time} ms, ${enlarger.name} on ${device})`,
        ),
  );
}
