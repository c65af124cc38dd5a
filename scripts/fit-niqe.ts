/** Fits NIQE's natural-image model: node scripts/fit-niqe.ts DIR… (as for training) > models/weights/niqe.json */

import { fitNiqe } from '../models/image/niqe.ts';
import type { Picture } from '../models/image/picture.ts';
import { resizePicture } from '../models/image/resize.ts';
import { pictureSet, readPicture } from './training/pictures.ts';

/** Large photographs are soft at full size; this edge makes them as crisp as pictures on a screen. */
const LONGEST = 1024;

async function* photographs(): AsyncGenerator<Picture> {
  for (const file of process.argv.slice(2).flatMap((folder) => pictureSet(folder).train)) {
    const picture = await readPicture(file);
    const factor = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    yield resizePicture(picture, Math.round(picture.width * factor), Math.round(picture.height * factor));
  }
}

const { mean, covariance } = await fitNiqe(photographs());
const short = (values: readonly number[]): number[] => values.map((value) => Number(value.toPrecision(7)));
console.log(JSON.stringify({ mean: short(mean), covariance: short(covariance) }));
