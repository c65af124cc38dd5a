/**
 * How the proportions of faces vary among people, and how much of that is pose and smile:
 * node scripts/fit-proportions.ts DIR (as for training, one picture a person) > models/weights/proportions.json.
 *
 * A ridge regression from yaw², pitch, pitch² and the smile to each log ratio; `mean` and `sigma` are of what it leaves.
 * Nothing is drawn by chance, so it needs no seed.
 */
import { LANDMARK_COUNT, loadFaceNetworks } from '../models/face/index.ts';
import { frontalMesh } from '../models/proportions/frontal-mesh.ts';
import { predictorsOf } from '../models/proportions/neutral-ratios.ts';
import { logRatios, RATIOS } from '../models/proportions/ratios.ts';
import { solve } from '../models/proportions/solve.ts';
import meanFace from '../models/weights/mean-face.json' with { type: 'json' };
import { pictureSet, readPicture } from './training/pictures.ts';

/** Of the ridge, in standard deviations of a predictor: the hundredth of a person. */
const RIDGE = 0.01;
/** Digits kept. */
const DIGITS = 6;

/** Corners of eyes and mouth, cheeks, jaw, brows, wings of the nose: they lie in the same place on both sides. */
const SURE_PAIRS = [
  [33, 263],
  [133, 362],
  [61, 291],
  [234, 454],
  [172, 397],
  [105, 334],
  [129, 358],
] as const;

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const mean = (values: readonly number[]) => sumOf(values) / values.length;
const meansOf = (rows: readonly number[][]) => rows[0].map((_, k) => mean(rows.map((row) => row[k])));

const mirror = mirrorOf(meanFace);
const networks = await loadFaceNetworks();
const people: { ratios: number[]; predictors: number[] }[] = [];
const { train } = pictureSet(process.argv[2]);
for (const file of train) {
  const [face] = await networks.findFaces(await readPicture(file));
  if (!face) continue;
  const mesh = frontalMesh(face.landmarks, mirror);
  people.push({ ratios: logRatios(mesh.points), predictors: predictorsOf(mesh) });
}
await networks.release();

const predictorMeans = meansOf(people.map(({ predictors }) => predictors));
const centred = people.map(({ predictors }) => predictors.map((value, k) => value - predictorMeans[k]));
const spread = predictorMeans.map((_, k) => Math.sqrt(mean(centred.map((row) => row[k] ** 2))));
const scaled = centred.map((row) => row.map((value, k) => value / spread[k]));
const means = meansOf(people.map(({ ratios }) => ratios));
const fits = RATIOS.map((_, r) => {
  const wanted = people.map(({ ratios }) => ratios[r] - means[r]);
  const weights = ridge(scaled, wanted);
  const left = wanted.map((value, i) => value - sumOf(weights.map((w, k) => w * scaled[i][k])));
  return { weights: weights.map((w, k) => w / spread[k]), sigma: Math.sqrt(mean(left.map((v) => v * v))) };
});
console.log(
  JSON.stringify(
    {
      people: people.length,
      mirror,
      mean: means,
      sigma: fits.map(({ sigma }) => sigma),
      predictors: predictorMeans,
      ranges: predictorMeans.map((_, k) => innerRange(people.map(({ predictors }) => predictors[k]))),
      weights: fits.map(({ weights }) => weights),
    },
    (_, value) => (typeof value === 'number' ? Number(value.toFixed(DIGITS)) : value),
  ),
);

/** What all but the outermost hundredth on each side have: beyond, nothing is known. */
function innerRange(values: number[]): number[] {
  values.sort((a, b) => a - b);
  return [0.01, 0.99].map((share) => values[Math.round(share * (values.length - 1))]);
}

/** Solves (XᵀX + λI) w = Xᵀy. */
function ridge(rows: readonly number[][], wanted: readonly number[]): number[] {
  const size = rows[0].length;
  const matrix = Array.from({ length: size }, (_, a) =>
    Array.from(
      { length: size },
      (_, b) => sumOf(rows.map((row) => row[a] * row[b])) + (a === b ? RIDGE * rows.length : 0),
    ),
  );
  return solve(
    matrix,
    Array.from({ length: size }, (_, a) => sumOf(rows.map((row, i) => row[a] * wanted[i]))),
  );
}

/** For each landmark the one on the other side of the face, those on the midline being their own. */
function mirrorOf(points: readonly number[]): number[] {
  const at = (k: number) => points.slice(3 * k, 3 * k + 3);
  const across = [0, 0, 0];
  const middle = [0, 0, 0];
  for (const [left, right] of SURE_PAIRS) {
    at(right).forEach((value, c) => {
      across[c] += value - at(left)[c];
      middle[c] += (value + at(left)[c]) / 2 / SURE_PAIRS.length;
    });
  }
  const length = Math.hypot(...across);
  const reflected = (k: number) => {
    const beyond = sumOf(at(k).map((value, c) => ((value - middle[c]) * across[c]) / length));
    return at(k).map((value, c) => value - (2 * beyond * across[c]) / length);
  };
  const mirrored: number[] = Array(LANDMARK_COUNT).fill(-1);
  const near = Array.from({ length: LANDMARK_COUNT }, (_, i) => reflected(i)).flatMap((place, i) =>
    Array.from({ length: LANDMARK_COUNT - i }, (_, n) => {
      const k = i + n;
      return { i, k, distance: Math.hypot(...at(k).map((value, c) => value - place[c])) };
    }),
  );
  for (const { i, k } of near.sort((a, b) => a.distance - b.distance)) {
    if (mirrored[i] >= 0 || mirrored[k] >= 0) continue;
    mirrored[i] = k;
    mirrored[k] = i;
  }
  return mirrored;
}
