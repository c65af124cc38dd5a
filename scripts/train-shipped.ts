/**
 * Trains all generators that ship, one after another, each from the one before it:
 *   node scripts/train-shipped.ts --hours H --portraits DIR [--validate DIR…] [--engine torch] [--threads N]
 * Killed at any moment, it goes on where it was when it is started again. Weights: .cache/train/shipped/PHASE/*.onnx.
 * `node scripts/fetch-photographs.ts` must have run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { CONFIGS } from './training/configs.ts';

interface Phase {
  readonly config: keyof typeof CONFIGS;
  /** The phase whose weights it starts from, grown where they are of a smaller network. */
  readonly from?: keyof typeof CONFIGS;
  /** Of the hours in all. */
  readonly share: number;
}

/** A small network learns most in its first hour, a large one keeps learning. */
const PHASES: readonly Phase[] = [
  { config: 'srgan-lite', share: 0.3 },
  { config: 'srresnet', from: 'srgan-lite', share: 0.4 },
  { config: 'srgan', from: 'srresnet', share: 0.3 },
];
const HOME = join('.cache', 'train', 'shipped');
const PHOTOGRAPHS = join('.cache', 'photographs');
/** Of the portraits, every so manyth is held out. */
const HELD_OUT = 10;
/** The hours end a phase, not its steps. */
const MOST_STEPS = 10_000_000;

interface Options {
  hours: number;
  portraits: string;
  validate: string[];
  engine: string;
  threads: string;
}

const options = new Command()
  .requiredOption('--hours <h>', 'hours of training in all', Number)
  .requiredOption('--portraits <dir>', 'folder of portraits; every tenth is held out')
  .option('--validate <dir...>', 'folders of pictures to validate on', [])
  .addOption(new Option('--engine <name>', 'as of train.ts').choices(['onnx', 'torch']).default('torch'))
  .option('--threads <n>', 'threads of the CPU', '2')
  .parse()
  .opts<Options>();

if (!existsSync(PHOTOGRAPHS))
  throw new Error(`There is no folder ${PHOTOGRAPHS}: run scripts/fetch-photographs.ts.`);
for (const phase of PHASES) train(phase);

function train({ config, from, share }: Phase): void {
  const { hours, portraits, validate, engine, threads } = options;
  console.log(`${config}: ${(hours * share).toFixed(2)} h`);
  const parameters = [
    ...['--config', config, '--engine', engine, '--threads', threads, '--resume'],
    ...['--data', `${portraits}%${HELD_OUT}`, PHOTOGRAPHS],
    ...(validate.length > 0 ? ['--validate', ...validate] : []),
    ...['--hours', String(hours * share), '--steps', String(MOST_STEPS), '--out', join(HOME, config)],
    ...(from ? ['--init', join(HOME, from, 'checkpoint.bin')] : []),
  ];
  const script = join(import.meta.dirname, 'train.ts');
  const { status } = spawnSync(process.execPath, [...process.execArgv, script, ...parameters], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
