/**
 * Descriptors of photographs, by which a style's classifier knows what is no style:
 * node scripts/describe-photographs.ts DIR… (as for training) > models/weights/photographs.json
 */
import { describePicture } from '../models/adapt/classifier/descriptor.ts';
import { pictureSet, readPicture } from './training/pictures.ts';

/** Of each folder, evenly spaced. */
const MOST = 40;

const rows: number[][] = [];
for (const folder of process.argv.slice(2)) {
  const { train } = pictureSet(folder);
  const step = Math.max(1, train.length / MOST);
  for (let i = 0; i < train.length; i += step) {
    const descriptor = describePicture(await readPicture(train[Math.floor(i)]));
    rows.push(Array.from(descriptor, (value) => Number(value.toFixed(2))));
  }
}
console.log(JSON.stringify(rows));
