/**
 * Trains a generator, the tracker or the parsing network: npm run train -- --config NAME --data DIR… [--hours H] [--steps N] [--rate R]
 * [--resume] [--init FILE]
 * Checkpoint, CSV log, plot and weights go to --out (default .cache/train/NAME).
 */
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { GENERATORS, generator } from '../models/upscale/generator.ts';
import { inferenceModel } from '../models/upscale/inference-model.ts';
import { CONFIGS, PARSING, type Schedule, TRACKER, type TrainingConfig } from './training/configs.ts';
import { type Crops, loadCrops } from './training/crops.ts';
import { generatorLayout, grow } from './training/grow.ts';
import { parsingSubject } from './training/parsing/parsing-subject.ts';
import { prepareRounds } from './training/parsing/rounds.ts';
import { pictureSet } from './training/pictures.ts';
import { readGenerator } from './training/read-generator.ts';
import { runTraining, type Subject } from './training/run.ts';
import { TorchTrainer } from './training/torch-trainer.ts';
import { loadBackdrops, loadHeads } from './training/tracker/layers.ts';
import { motionSubject } from './training/tracker/motion-subject.ts';
import { Trainer, type TrainingEngine } from './training/trainer.ts';
import { validate, validationPairs } from './training/validation.ts';

interface Options {
  config: keyof typeof CONFIGS | 'tracker' | 'parsing';
  data: string[];
  backdrops: string[];
  labels: string[];
  rounds: number;
  painted?: string;
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
    new Option('--config <name>', 'what to train')
      .choices([...Object.keys(CONFIGS), 'tracker', 'parsing'])
      .makeOptionMandatory(),
  )
  .requiredOption('--data <dir...>', 'folders of pictures; DIR%N leaves every Nth picture out')
  .option(
    '--backdrops <dir...>',
    'tracker, parsing: folders of pictures to put behind the people of --data',
    [],
  )
  .option(
    '--labels <dir...>',
    'parsing: folders of label pictures for --data; those of the first are corrected',
    [],
  )
  .option('--painted <dir>', 'parsing: a folder of painted copies of --data')
  .option('--rounds <n>', 'parsing: samples that are made of each portrait', Number, 12)
  .option(
    '--validate <dir...>',
    'folders of pictures to validate on; tracker: DIR%N, those left out; parsing takes those that --data leaves out',
    [],
  )
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
    new Option(
      '--engine <name>',
      'what computes the steps of generators; torch is faster on processors with AMX',
    )
      .choices(['onnx', 'torch'])
      .default('onnx'),
  )
  .option('--validate-every <n>', 'steps between validations, checkpoints and plots', Number, 500)
  .option('--resume', 'go on from the checkpoint', false)
  .option(
    '--init <file>',
    'generators, parsing: start from a checkpoint or an ONNX file of weights; a generator is grown from a smaller one',
  )
  .option('--out <dir>', 'folder for checkpoint, log, plot and weights')
  .parse()
  .opts<Options>();

await train(options);

async function train(options: Options): Promise<void> {
  const subject = await subjectOf(options);
  const { steps, hours, resume, validateEvery } = options;
  await runTraining(subject, {
    steps: steps ?? subject.schedule.steps,
    hours,
    resume,
    validateEvery,
    out: options.out ?? join('.cache', 'train', options.config),
  });
}

function subjectOf(options: Options): Promise<Subject> {
  if (options.config === 'tracker') return trackerSubject(options);
  return options.config === 'parsing' ? trainedParsing(options) : generatorSubject(options);
}

/** `schedule` with the rate and the steps of the command line. */
function scheduled<S extends Schedule>(schedule: S, { steps, rate }: Options): S {
  return { ...schedule, steps: steps ?? schedule.steps, rate: rate ?? schedule.rate };
}

async function trainedParsing(options: Options): Promise<Subject> {
  const { labels, backdrops, painted, rounds, seed, threads, init } = options;
  if (labels.length === 0) throw new Error('--config parsing needs --labels.');
  const sets = options.data.map(pictureSet);
  const [train, heldOut] = [sets.flatMap((set) => set.train), sets.flatMap((set) => set.heldOut)];
  const grounds = backdrops.flatMap((folder) => pictureSet(folder).train);
  if (grounds.length === 0) throw new Error('--config parsing needs --backdrops.');
  const files = await prepareRounds({ train, heldOut, labels, grounds, painted }, rounds, '.cache');
  return parsingSubject({ schedule: scheduled(PARSING, options), seed, threads, init }, files);
}

async function trackerSubject(options: Options): Promise<Subject> {
  const sets = options.data.map(pictureSet);
  const sources = {
    heads: await loadHeads(
      sets.flatMap(({ train }) => train),
      '.cache',
    ),
    backdrops: await loadBackdrops(
      options.backdrops.flatMap((folder) => pictureSet(folder).train),
      '.cache',
    ),
  };
  const heldOut = await loadHeads(
    options.validate.flatMap((folder) => pictureSet(folder).heldOut),
    '.cache',
  );
  const { seed, threads } = options;
  return motionSubject({ schedule: scheduled(TRACKER, options), seed, threads }, sources, heldOut);
}

async function generatorSubject(options: Options): Promise<Subject> {
  const preset: TrainingConfig = CONFIGS[options.config as keyof typeof CONFIGS];
  const config = scheduled(preset, options);
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
  return {
    name: config.network,
    title: `${trainer.layout.size} parameters, ${crops.map(({ count }) => count).join(' + ')} crops`,
    schedule: config,
    measure: 'PSNR-Y dB',
    step: (step, progress) => trainer.step(step, progress, crops),
    state: () => trainer.state(),
    restore: (checkpoint) => trainer.restore(checkpoint),
    model: async () => inferenceModel(network, await trainer.best(), trainer.layout),
    validate: async (model) => (pairs.length > 0 ? validate(model, pairs, options.threads) : undefined),
    release: () => trainer.release(),
  };
}

/** The parameters in a file, grown where they are of a smaller network. */
function initialFrom(file: string, to: keyof typeof GENERATORS, seed: number): Float32Array {
  const { theta, size } = readGenerator(file);
  return generatorLayout(GENERATORS[to]).size === theta.length
    ? theta
    : grow(theta, size, GENERATORS[to], seed);
}
