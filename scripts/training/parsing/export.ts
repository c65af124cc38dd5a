/** The averaged network of a checkpoint as it ships: node scripts/training/parsing/export.ts CHECKPOINT OUT.onnx */
import { writeFileSync } from 'node:fs';
import { parsingModel } from '../../../models/segment/parsing-step.ts';
import { readCheckpoint } from '../checkpoint.ts';

const [file, out] = process.argv.slice(2);
const checkpoint = readCheckpoint(file);
if (!checkpoint) throw new Error(`There is no checkpoint ${file}.`);
writeFileSync(out, parsingModel(checkpoint.vectors['average']));
console.log('step', checkpoint.step);
