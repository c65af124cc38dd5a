/**
 * Blends the parameters in two files (checkpoints or ONNX) of one generator (network interpolation, Wang et al. 2018, ESRGAN):
 * node scripts/blend-weights.ts NAME FILE_A FILE_B SHARE_OF_B OUT.onnx
 */
import { writeFileSync } from 'node:fs';
import { GENERATORS, generator } from '../models/upscale/generator.ts';
import { inferenceModel } from '../models/upscale/inference-model.ts';
import { generatorLayout } from './training/grow.ts';
import { readGenerator } from './training/read-generator.ts';

const [name, fileA, fileB, share, out] = process.argv.slice(2);
const size = GENERATORS[name as keyof typeof GENERATORS];
const [a, b] = [fileA, fileB].map((file) => readGenerator(file).theta);
const blend = a.map((value, i) => value + Number(share) * (b[i] - value));
writeFileSync(out, inferenceModel(generator(size), blend, generatorLayout(size)));
