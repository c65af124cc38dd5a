/**
 * What the face mesh reads of a change of proportions that is made on a photograph, and so what must be made for a change
 * to be read: node scripts/fit-driving.ts DIR%2 [EVERY] > models/weights/proportion-driving.json.
 *
 * Photographs (without glasses, none of the held-out half) are deformed by changes drawn by chance, all ratios at once, and
 * found again; a linear regression gives how much of each change is read as each ratio, and its inverse is written.
 */
import { loadFaceNetworks } from '../models/face/index.ts';
import { seededRandom } from '../models/image/random.ts';
import { IS_CHANGED, isTurned } from '../models/proportions/changes.ts';
import { findDeformation, studySubject } from '../models/proportions/find-deformation.ts';
import { frontalMesh } from '../models/proportions/frontal-mesh.ts';
import { SIGMA } from '../models/proportions/neutral-ratios.ts';
import { logRatios, RATIOS } from '../models/proportions/ratios.ts';
import { solve } from '../models/proportions/solve.ts';
import { warpPicture } from '../models/proportions/warp.ts';
import { pictureSet, readPicture } from './training/pictures.ts';

/** Changes of each photograph. */
const CHANGES = 8;
/** Largest change that is made, standard deviations of people: what half of a cartoon's proportions needs. */
const LARGEST = 4;
const SEED = 22;
/** Digits kept. */
const DIGITS = 4;

const ACTIVE = RATIOS.flatMap((_, r) => (IS_CHANGED[r] ? [r] : []));
const random = seededRandom(SEED);
const networks = await loadFaceNetworks();
const samples: { made: number[]; read: number[] }[] = [];
const [, , argument, every = '1'] = process.argv;
for (const file of pictureSet(argument).train.filter((_, i) => i % Number(every) === 0)) {
  const picture = await readPicture(file);
  const [face] = await networks.findFaces(picture);
  if (!face || isTurned(face.landmarks)) continue;
  const subject = studySubject({ picture, matte: await networks.matte(picture, face) }, face);
  if (subject.isRigid) continue;
  const before = logRatios(frontalMesh(face.landmarks).points);
  for (let n = 0; n < CHANGES; n++) {
    const made = RATIOS.map((_, r) => (IS_CHANGED[r] ? LARGEST * (2 * random() - 1) * SIGMA[r] : null));
    const { deformation, share } = findDeformation(subject, made);
    const [found] = deformation ? await networks.findFaces(warpPicture(picture, deformation)) : [];
    if (!found) continue;
    const after = logRatios(frontalMesh(found.landmarks).points);
    samples.push({
      made: ACTIVE.map((r) => (share * (made[r] ?? 0)) / SIGMA[r]),
      read: ACTIVE.map((r) => (after[r] - before[r]) / SIGMA[r]),
    });
  }
}
await networks.release();

const moments = ACTIVE.map((_, a) => ACTIVE.map((_, b) => sumOf(({ made }) => made[a] * made[b])));
/** Read (rows) of made (columns). */
const reading = ACTIVE.map((_, k) =>
  solve(
    moments,
    ACTIVE.map((_, a) => sumOf(({ made, read }) => made[a] * read[k])),
  ),
);
const columns = ACTIVE.map((_, k) =>
  solve(
    reading,
    ACTIVE.map((_, a) => (a === k ? 1 : 0)),
  ),
);
const driving = RATIOS.map((_, r) =>
  RATIOS.map((_, k) => {
    const [row, column] = [ACTIVE.indexOf(r), ACTIVE.indexOf(k)];
    return row < 0 || column < 0 ? 0 : (columns[column][row] * SIGMA[r]) / SIGMA[k];
  }),
);
const round = (_: string, value: unknown) =>
  typeof value === 'number' ? Number(value.toFixed(DIGITS)) : value;
console.error(`${samples.length} changes; read of what is made:`);
reading.forEach((row, k) => {
  console.error(RATIOS[ACTIVE[k]].padEnd(11), row.map((value) => value.toFixed(2).padStart(6)).join(' '));
});
console.log(JSON.stringify({ changes: samples.length, driving }, round));

function sumOf(value: (sample: (typeof samples)[number]) => number): number {
  return samples.reduce((sum, sample) => sum + value(sample), 0);
}
