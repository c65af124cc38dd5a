/** Writes what train_alone.py needs to know of a configuration: node scripts/training/export-job.ts CONFIG OUT [SEED] */
import { createWriteStream } from 'node:fs';
import { GENERATORS, generator } from '../../models/upscale/generator.ts';
import { CONFIGS, type TrainingConfig } from './configs.ts';
import { firstRequest, writeRequest } from './torch-trainer.ts';
import { recipeOf } from './trainer.ts';

const [name, out, seed = '1'] = process.argv.slice(2);
const config: TrainingConfig | undefined = CONFIGS[name as keyof typeof CONFIGS];
if (!config)
  throw new Error(`There is no configuration ${name}; there are ${Object.keys(CONFIGS).join(', ')}.`);
const options = { config, network: generator(GENERATORS[config.network]), seed: Number(seed), threads: 1 };
const { message, vectors } = firstRequest(options, recipeOf(options));
const { detail, jpeg, rate, average } = config;
const file = createWriteStream(out);
writeRequest(file, { ...message, seed: Number(seed), detail, jpeg, schedule: { rate, average } }, vectors);
file.end();
