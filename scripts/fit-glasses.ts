/**
 * How the contrasts of a frame tell people with glasses from others:
 * node scripts/fit-glasses.ts DIR (the official portraits; who wears glasses is in scripts/labels/portraits/glasses.json).
 *
 * A logistic regression by Newton's method, with a ridge, on every second portrait in the order of names; prints the constants of
 * `models/proportions/glasses.ts` and which portraits of either half they take for what they are not. Nothing is drawn by chance.
 */
import { basename } from 'node:path';
import { loadFaceNetworks } from '../models/face/index.ts';
import { isTurned } from '../models/proportions/changes.ts';
import { frameContrasts } from '../models/proportions/glasses.ts';
import { solve } from '../models/proportions/solve.ts';
import { listPictures } from '../renderer/core/pictures/list-pictures.ts';
import { readPicture } from '../renderer/core/pictures/read-picture.ts';
import labels from './labels/portraits/glasses.json' with { type: 'json' };

/** Of the ridge, with contrasts in their standard deviations; 0.3 and 2 were tried by cross-validation in the fitted half. */
const RIDGE = 2;
const ROUNDS = 30;

interface Sample {
  readonly name: string;
  readonly isFitted: boolean;
  readonly contrasts: readonly number[];
  readonly wears: 0 | 1;
}

const wearers = new Set(labels);
const networks = await loadFaceNetworks({ device: 'cpu' });
const samples: Sample[] = [];
for (const [i, path] of (await listPictures(process.argv[2])).entries()) {
  const picture = await readPicture(path);
  const [face] = await networks.findFaces(picture);
  const contrasts = face && !isTurned(face.landmarks) ? frameContrasts(picture, face) : null;
  const name = basename(path);
  if (contrasts) samples.push({ name, isFitted: i % 2 === 1, contrasts, wears: wearers.has(name) ? 1 : 0 });
}
await networks.release();

const fitted = samples.filter(({ isFitted }) => isFitted);
const { constant, weights } = regress(fitted);
const likely = ({ contrasts }: Sample) =>
  contrasts.reduce((sum, value, k) => sum + weights[k] * value, constant);
const report = [true, false].map((half) => {
  const those = samples.filter(({ isFitted }) => isFitted === half);
  const namesOf = (list: readonly Sample[]) => list.map(({ name }) => name);
  return {
    isFitted: half,
    portraits: those.length,
    wearers: those.filter(({ wears }) => wears).length,
    missed: namesOf(those.filter((sample) => sample.wears && likely(sample) <= 0)),
    foundTooMany: namesOf(those.filter((sample) => !sample.wears && likely(sample) > 0)),
  };
});
console.log(JSON.stringify({ constant, weights, report }, null, 2));

function regress(people: readonly Sample[]) {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const columns = people[0].contrasts.map((_, k) => people.map(({ contrasts }) => contrasts[k]));
  const means = columns.map(mean);
  const spread = columns.map((column, k) => Math.sqrt(mean(column.map((value) => (value - means[k]) ** 2))));
  const rows = people.map(({ contrasts }) => [1, ...contrasts.map((v, k) => (v - means[k]) / spread[k])]);
  const penalty = (k: number) => (k === 0 ? 0 : RIDGE);
  let found = rows[0].map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    const shares = rows.map(
      (row) => 1 / (1 + Math.exp(-row.reduce((sum, value, k) => sum + value * found[k], 0))),
    );
    const gradient = found.map((weight, k) =>
      rows.reduce((sum, row, i) => sum + row[k] * (shares[i] - people[i].wears), penalty(k) * weight),
    );
    const curvature = found.map((_, k) =>
      found.map((_, m) =>
        rows.reduce(
          (sum, row, i) => sum + row[k] * row[m] * shares[i] * (1 - shares[i]),
          k === m ? penalty(k) : 0,
        ),
      ),
    );
    const step = solve(curvature, gradient);
    found = found.map((weight, k) => weight - step[k]);
  }
  const weights = spread.map((sigma, k) => found[k + 1] / sigma);
  return { constant: found[0] - weights.reduce((sum, weight, k) => sum + weight * means[k], 0), weights };
}
