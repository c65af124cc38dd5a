/**
 * Rounds of samples for train_parsing.py, without person mattes, so that no network is needed:
 *   node scripts/training/parsing/pack-rounds.ts OUT PART/PARTS ROUNDS PORTRAITS BACKDROPS LABELS[=border,inside]…
 * Runs PARTS times side by side; each makes its share of every round. Of the LABELS, the first that has a portrait counts,
 * and its portraits come twice. PAINTED, an environment variable, is a folder of painted copies; see paint-copies.ts.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { listPictures, pictureSet, readPicture } from '../pictures.ts';
import type { Sitter } from './place-scene.ts';
import { openBackdrops, packRound } from './samples.ts';
import { AREA } from './scene.ts';
import { loadSitters } from './sitters.ts';

const [out, share, rounds, portraits, backdrops, ...labels] = process.argv.slice(2);
const [part, parts] = share.split('/').map(Number);
const sources = labels.map((argument) => {
  const [folder, values = '0.2,1'] = argument.split('=');
  const [atBorder, inside] = values.split(',').map(Number);
  return { folder, atBorder, inside };
});
mkdirSync(out, { recursive: true });
const own = pictureSet(portraits).train.filter((_, i) => i % parts === part);
const backdrop = await openBackdrops(listPictures(backdrops));
const photographed = await loadSitters(own, sources, '.cache');
const corrected = photographed.filter(({ name }) => existsSync(join(sources[0].folder, `${name}.png`)));
const painted: Sitter[] = [];
for (const file of listPictures(process.env['PAINTED'] ?? '.cache/none')) {
  const sitter = photographed.find(({ name }) => name === basename(file).split('.')[0]);
  if (sitter) painted.push({ ...sitter, picture: await readPicture(file) });
}
const noMatte = async () => new Float32Array(AREA);
for (let round = 0; round < Number(rounds); round++) {
  const pack = (kind: string, sitters: readonly Sitter[], isPainted: boolean, seed: number) =>
    packRound(join(out, `${String(round).padStart(3, '0')}-${part}-${kind}.bin`), sitters, {
      ...{ seed: seed * parts + part, backdrop, matteOf: noMatte, isPainted },
    });
  await pack('corrected', corrected, false, 4 * round);
  await pack('painted', painted, true, 4 * round + 1);
  await pack('photographed', photographed, false, 4 * round + 2);
}
