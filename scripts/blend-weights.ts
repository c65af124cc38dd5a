/**
 * Blends the averaged parameters of two checkpoints of one generator (network interpolation, Wang et al. 2018, ESRGAN):
 * node scripts/blend-weights.ts NAME CHECKPOINT_A CHECKPOINT_B SHARE_OF_B OUT.onnx
 */
import { writeFileSync } from 'node:fs';
import { GENERATORS, generator } from '../models/srgan/generator.ts';
import { inferenceModel } from '../models/srgan/inference-model.ts';
import { readCheckpoint } from './training/checkpoint.ts';
import { generatorLayout } from './training/grow.ts';

const [name, fileA, fileB, share, out] = process.argv.slice(2);
const size = GENERATORS[name as keyof typeof GENERATORS];
const [a, b] = [fileA, fileB].map((file) => readCheckpoint(file)!.vectors['average']);
const blend = a.map((value, i) => value + Number(share) * (b[i] - value));
writeFileSync(out, inferenceModel(generator(size), blend, generatorLayout(size)));
