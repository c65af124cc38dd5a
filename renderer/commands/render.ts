/** `limner render`: portraits in the style of one reference. */
import type { Command } from 'commander';
import { type Face, type FaceNetworks, loadFaceNetworks } from '../../models/face/index.ts';
import type { Picture } from '../../models/image/picture.ts';
import { type Metrics, measure } from '../../models/style/measure.ts';
import { type PreparedStyle, prepareStyle, stylize } from '../../models/style/stylize.ts';
import type { Io } from '../cli/io.ts';
import { createProgress, type Progress } from '../cli/progress.ts';
import { addRenderOptions, type RenderOptions } from '../cli/render-options.ts';
import { reportError } from '../cli/report-error.ts';
import { checkResult } from '../pictures/check-result.ts';
import { checkOutputSize, encodePicture, outputFormat } from '../pictures/encode-picture.ts';
import { planOutputs } from '../pictures/plan-outputs.ts';
import { readPicture } from '../pictures/read-picture.ts';
import { saveFile } from '../pictures/save-file.ts';

const EXAMPLES = `
Examples:
  Jane in the style of a painting, beside jane.jpg as jane.mona-lisa.png:
    $ limner render jane.jpg --style mona-lisa.jpg
  Closer to the person, only half as strong, the photograph's own background:
    $ limner render jane.jpg --style mona-lisa.jpg --likeness 0.8 --strength 0.5 --background keep
  A whole team into one folder, cut out:
    $ limner render team/*.jpg --style mona-lisa.jpg --out avatars/ --background transparent
  For a script, one line of JSON a portrait:
    $ limner render jane.jpg --style mona-lisa.jpg --out jane.webp --json

Pictures are PNG, JPEG, WebP, AVIF, TIFF or GIF. Results have the portrait's size and framing; .png, .jpg, .jpeg or
.webp in --out says which kind of file. An input is never overwritten; an earlier result is.
Exit codes: 0 done, 2 wrong usage, 3 bad input, 4 a device or a result failed, 130 interrupted, 1 anything else.`;

interface Options extends RenderOptions {
  style: string;
  out?: string;
}

/** @param exit called with the exit code */
export function addRenderCommand(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('render')
    .description('Restyle portraits from one style reference.')
    .argument('<portrait...>', 'photographs in which a face is clearly visible')
    .requiredOption('--style <image>', 'the style reference: a picture of a face')
    .option('--out <file|dir>', 'where to write (default: NAME.STYLE.png beside each portrait)');
  addRenderOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (portraits: string[], options: Options) => exit(await render(portraits, options, io)));
}

/** The exit code: that of the first error, 0 without one. A portrait that fails does not stop the others. */
export async function render(portraits: readonly string[], options: Options, io: Io): Promise<number> {
  const started = performance.now();
  const outputs = await planOutputs(portraits, options.style, options.out);
  const reference = await readPicture(options.style, options);
  const networks = await loadFaceNetworks({ device: options.device });
  const progress = createProgress(io);
  try {
    const style = await prepareStyle(reference, networks);
    const job: Job = { style, networks, options, io, prepared: performance.now() - started };
    let exitCode = 0;
    for (const [i, portrait] of portraits.entries()) {
      const step = stepOf(progress, i, portraits.length, portrait);
      const code = await renderOne(portrait, outputs[i], job, step).catch((error: unknown) => {
        progress.clear();
        return reportError(error, io, options.json);
      });
      exitCode ||= code;
      if (io.signal.aborted) break;
    }
    return exitCode;
  } finally {
    progress.clear();
    await networks.release();
  }
}

interface Job {
  readonly style: PreparedStyle;
  readonly networks: FaceNetworks;
  readonly options: Options;
  readonly io: Io;
  /** Milliseconds until the style was ready. */
  readonly prepared: number;
}

/** The progress of one of several portraits. */
function stepOf(progress: Progress, index: number, count: number, portrait: string): Progress {
  return {
    clear: () => progress.clear(),
    update: (share, stage) =>
      progress.update(
        (index + share) / count,
        count > 1 ? `${stage} (${index + 1} of ${count}: ${portrait})` : stage,
      ),
  };
}

async function renderOne(path: string, output: string, job: Job, progress: Progress): Promise<number> {
  const { options, io, style, networks } = job;
  io.signal.throwIfAborted();
  const started = performance.now();
  const portrait = await readPicture(path, options);
  const format = outputFormat(output);
  checkOutputSize(portrait, format);
  const read = performance.now() - started;
  const result = await stylize(portrait, style, networks, {
    likeness: options.likeness,
    strength: options.strength,
    background: options.background,
    faces: options.faces,
    signal: io.signal,
    onProgress: (share, stage) => progress.update(share, stage),
  });
  const rendered = performance.now();
  checkResult(result.picture, portrait.width, portrait.height);
  await saveFile(output, await encodePicture(result.picture, format), io.signal);
  const done = performance.now();
  progress.clear();
  for (const warning of result.warnings) io.err(`limner: ${path}: ${warning}`);
  const timings = {
    prepare: job.prepared,
    read,
    ...result.timings,
    write: done - rendered,
    total: done - started,
  };
  io.out(
    options.json
      ? JSON.stringify(await report(output, portrait, result, timings, job))
      : `${output} (${portrait.width}×${portrait.height}, ${Math.round(timings.total)} ms on ${networks.device})`,
  );
  return 0;
}

async function report(
  output: string,
  portrait: Picture,
  { picture, faces }: { picture: Picture; faces: readonly Face[] },
  timings: Record<string, number>,
  { style, networks }: Job,
) {
  const metrics = await measure(portrait, faces[0], picture, style.reference, style.face, networks);
  return {
    output,
    width: picture.width,
    height: picture.height,
    device: networks.device,
    faces: faces.map(({ box, score }) => ({ box: roundAll({ ...box }, 1), score: round(score, 3) })),
    timings: roundAll(timings, 1),
    metrics: publicMetrics(metrics),
  };
}

const publicMetrics = ({ identity, landmarkError, styleDistance }: Metrics) => ({
  identity: identity === null ? null : round(identity, 4),
  landmarkError: landmarkError === null ? null : round(landmarkError, 4),
  styleDistance: round(styleDistance, 4),
});

const round = (value: number, digits: number) => Number(value.toFixed(digits));
const roundAll = (values: Record<string, number>, digits: number) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, round(value, digits)]));
