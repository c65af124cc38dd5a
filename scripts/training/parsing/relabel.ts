/**
 * Another round of labels, from the network that the last trained: node scripts/training/parsing/relabel.ts PORTRAITS
 * LAST OUT. Where both say the same it stays; where the network is sure of something else, the network's counts; everything
 * else is unknown. Borders are brought to the picture's edges as the product does.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { applyLinearModels, fitLinearModels } from '../../../models/face/guided-filter.ts';
import {
  loadFaceNetworks,
  PARSING_CLASSES,
  type ParsingClass,
  readParsing,
  Sampler,
} from '../../../models/face/index.ts';
import { UNKNOWN } from '../../../models/face/parsing-classes.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { readLabelMap, writeLabelMap } from '../../labels/label-map.ts';
import { listPictures, readPicture } from '../pictures.ts';

/** A share of the network's above this is sure. */
const SURE = 0.85;
/** Less of the person seen by the network than this says nothing. */
const SEEN = 0.5;
/** Of the guided filter: samples of the grid, their windows, and squared colour units. */
const GRID = 256;
const RADIUS = 5;
const EPSILON = 1e-3;
const GROUPS = PARSING_CLASSES.map((name): readonly ParsingClass[] => [name]);

const [portraits, first, out] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const networks = await loadFaceNetworks({ device: 'cpu', threads: 1 });
for (const file of listPictures(portraits)) {
  const name = basename(file).replace(/\.\w+$/, '');
  const from = join(first, `${name}.png`);
  const to = join(out, `${name}.png`);
  if (!existsSync(from) || existsSync(to)) continue;
  const picture = await readPicture(file);
  const old = await readLabelMap(from);
  const seen = await look(picture);
  if (!seen) continue;
  const data = old.data.map((label, i) => {
    if (seen.seen[i] < SEEN) return label;
    if (seen.best[i] === label) return label;
    return seen.share[i] > SURE ? seen.best[i] : UNKNOWN;
  });
  await writeLabelMap(to, { ...old, data });
}
await networks.release();

async function look(picture: Picture) {
  const { width, height } = picture;
  const [face] = await networks.findFaces(picture);
  if (!face) return null;
  const rect = { x: 0, y: 0, width, height };
  const parsing = await networks.parse(picture, face);
  const { seen } = readParsing(parsing, [], rect, width, height);
  const { shares } = readParsing(parsing, GROUPS, rect, GRID, GRID);
  const guide = new Sampler(picture).stretch(rect, GRID, GRID, { scale: 1 / 255, offset: 0 });
  const best = new Uint8Array(width * height);
  const share = new Float32Array(width * height);
  for (const [k, models] of fitLinearModels(guide, shares, RADIUS, EPSILON).entries()) {
    const { data } = applyLinearModels(picture, rect, models);
    for (let i = 0; i < best.length; i++)
      if (data[i] > share[i]) {
        best[i] = k;
        share[i] = data[i];
      }
  }
  return { best, share, seen };
}
