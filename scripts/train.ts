/**
 * Trains a generator: npm run train -- --config NAME --data DIR… [--hours H] [--steps N] [--rate R] [--resume] [--init FILE]
 * Checkpoint, CSV log, plot and weights go to --out (default .cache/train/NAME).
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { GENERATORS, generator } from '../models/upscale/generator.ts';
import { inferenceModel } from '../models/upscale/inference-model.ts';
import { readCheckpoint, writeCheckpoint } from './training/checkpoint.ts';
import { CONFIGS, type TrainingConfig } from './training/configs.ts';
import { type Crops, loadCrops } from './training/crops.ts';
import { generatorLayout, grow } from './training/grow.ts';
import { MeanLosses } from './training/mean-losses.ts';
import { pictureSet } from './training/pictures.ts';
import { plotLog } from './training/plot.ts';
import { readGenerator } from './training/read-generator.ts';
import { TorchTrainer } from './training/torch-trainer.ts';
import { bestOf, Trainer, type TrainingEngine } from './training/trainer.ts';
import { type Pair, validate, validationPairs } from './training/validation.ts';

const LOG_EVERY = 50;
/** No step takes so many seconds: the process was suspended, which is not time spent. */
const PAUSE = 10;

interface Options {
  config: keyof typeof CONFIGS;
  data: string[];
  validate: string[];
  hours: number;
  steps?: number;
  rate?: number;
  seed: number;
  threads: number;
  engine: 'onnx' | 'torch';
  validateEvery: number;
  resume: boolean;
  init?: string;
  out?: string;
}

const options = new Command()
  .addOption(
    new Option('--config <name>', 'what to train').choices(Object.keys(CONFIGS)).makeOptionMandatory(),
  )
  .requiredOption('--data <dir...>', 'folders of pictures; DIR%N leaves every Nth picture out')
  .option('--validate <dir...>', 'folders of pictures to validate on', [])
  .option(
    '--hours <h>',
    'end the schedule after so many hours of training in all',
    Number,
    Number.POSITIVE_INFINITY,
  )
  .option('--steps <n>', 'length of the schedule in steps', Number)
  .option('--rate <r>', 'highest learning rate', Number)
  .option('--seed <n>', 'seed of parameters and crops', Number, 1)
  .option('--threads <n>', 'threads of the CPU', Number, 2)
  .addOption(
    new Option('--engine <name>', 'what computes the steps; torch is faster on processors with AMX')
      .choices(['onnx', 'torch'])
      .default('onnx'),
  )
  .option('--validate-every <n>', 'steps between validations, checkpoints and plots', Number, 500)
  .option('--resume', 'go on from the checkpoint', false)
  .option(
    '--init <file>',
    'start from a checkpoint or an ONNX file of weights, grown where it is of a smaller network',
  )
  .option('--out <dir>', 'folder for checkpoint, log, plot and weights')
  .parse()
  .opts<Options>();

await train(options);

async function train(options: Options): Promise<void> {
  const preset: TrainingConfig = CONFIGS[options.config];
  const config = { ...preset, steps: options.steps ?? preset.steps, rate: options.rate ?? preset.rate };
  const out = options.out ?? join('.cache', 'train', options.config);
  mkdirSync(out, { recursive: true });
  const crops: Crops[] = [];
  for (const folder of options.data) crops.push(await loadCrops(pictureSet(folder).train, config, '.cache'));
  const pairs = await validationPairs(
    options.validate.flatMap((folder) => pictureSet(folder).train),
    12,
    320,
  );
  const network = generator(GENERATORS[config.network]);
  const theta = options.init ? initialFrom(options.init, config.network, options.seed) : undefined;
  const trainer: TrainingEngine = await (options.engine === 'torch' ? TorchTrainer : Trainer).create(
    { config, network, seed: options.seed, threads: options.threads },
    theta,
  );
  console.log(
    `${options.config}: ${trainer.layout.size} parameters, ${crops.map(({ count }) => count).join(' + ')} crops, ${config.steps} steps`,
  );
  await run(trainer, { config, options, out, crops, pairs });
}

/** The parameters in a file, grown where they are of a smaller network. */
function initialFrom(file: string, to: keyof typeof GENERATORS, seed: number): Float32Array {
  const { theta, size } = readGenerator(file);
  return generatorLayout(GENERATORS[to]).size === theta.length
    ? theta
    : grow(theta, size, GENERATORS[to], seed);
}

interface Run {
  config: TrainingConfig;
  options: Options;
  out: string;
  crops: Crops[];
  pairs: Pair[];
}

async function run(trainer: TrainingEngine, { config, options, out, crops, pairs }: Run): Promise<void> {
  const [checkpoint, csv] = [join(out, 'checkpoint.bin'), join(out, 'log.csv')];
  const network = generator(GENERATORS[config.network]);
  const resumed = options.resume ? readCheckpoint(checkpoint) : null;
  if (resumed) await trainer.restore(resumed);
  startLog(csv, resumed?.step ?? 0);

  let seconds = resumed?.seconds ?? 0;
  const most = options.hours * 3600;
  const losses = new MeanLosses();
  for (let step = (resumed?.step ?? 0) + 1; step <= config.steps && seconds <= most; step++) {
    const start = performance.now();
    const progress = Math.max(step / config.steps, seconds / most);
    losses.add(await trainer.step(step, progress, crops), step);
    seconds += Math.min(PAUSE, (performance.now() - start) / 1000);
    const last = step === config.steps || seconds > most;
    if (step % options.validateEvery === 0 || last) {
      const vectors = await trainer.state();
      writeCheckpoint(checkpoint, { step, seconds, vectors });
      const model = inferenceModel(network, bestOf(config, vectors), trainer.layout);
      writeFileSync(join(out, `${config.network}.onnx`), model);
      const psnr = pairs.length > 0 ? await validate(model, pairs, options.threads) : undefined;
      report(csv, step, seconds, losses.take(), psnr);
      await plotLog(csv, join(out, 'plot.png'));
    } else if (step % LOG_EVERY === 0) report(csv, step, seconds, losses.take());
    if (last) break;
  }
  await trainer.release();
}

/** Keeps the rows of the log up to the step the run goes on from. */
function startLog(csv: string, step: number): void {
  if (step === 0) rmSync(csv, { force: true });
  const rows = existsSync(csv) ? readFileSync(csv, 'utf8').trim().split('\n').slice(1) : [];
  const kept = rows.filter((row) => Number(row.split(',')[0]) <= step);
  writeFileSync(csv, `${['step,seconds,loss,psnr,pixel_loss,d_loss', ...kept].join('\n')}\n`);
}

function report(
  csv: string,
  step: number,
  seconds: number,
  losses: Record<string, number>,
  psnr?: number,
): void {
  const cell = (name: string): string => losses[name]?.toPrecision(5) ?? '';
  const row = [
    step,
    seconds.toFixed(1),
    cell('loss'),
    psnr?.toFixed(3) ?? '',
    cell('pixel_loss'),
    cell('d_loss'),
  ];
  appendFileSync(csv, `${row.join(',')}\n`);
  const parts = Object.keys(losses).map((name) => `${name} ${cell(name)}`);
  console.log(
    `step ${step}  ${seconds.toFixed(1)} s  ${parts.join('  ')}${psnr ? `  PSNR-Y ${psnr.toFixed(3)} dB` : ''}`,
  );
}
