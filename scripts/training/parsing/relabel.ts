/**
 * A second round of labels, from the network that the first trained: node scripts/training/parsing/relabel.ts PORTRAITS
 * FIRST OUT. Where both say the same it stays; where the network is sure of another part of the person, the network's
 * counts; everything else is unknown.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  loadFaceNetworks,
  PARSING_CLASSES,
  type ParsingClass,
  readParsing,
} from '../../../models/face/index.ts';
import { UNKNOWN } from '../../../models/face/parsing-classes.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { readLabelMap, writeLabelMap } from '../../labels/label-map.ts';
import { listPictures, readPicture } from '../pictures.ts';

/** A share of the network's above this is sure. */
const SURE = 0.85;
/** Less of the person seen by the network than this says nothing. */
const SEEN = 0.5;
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
    const isPerson = label !== 0 && seen.best[i] !== 0;
    return isPerson && seen.share[i] > SURE ? seen.best[i] : UNKNOWN;
  });
  await writeLabelMap(to, { ...old, data });
}
await networks.release();

async function look(picture: Picture) {
  const { width, height } = picture;
  const [face] = await networks.findFaces(picture);
  if (!face) return null;
  const rect = { x: 0, y: 0, width, height };
  const { shares, seen } = readParsing(await networks.parse(picture, face), GROUPS, rect, width, height);
  const best = new Uint8Array(width * height);
  const share = new Float32Array(width * height);
  for (const [k, plane] of shares.entries())
    for (let i = 0; i < best.length; i++)
      if (plane[i] > share[i]) {
        best[i] = k;
        share[i] = plane[i];
      }
  return { best, share, seen };
}
