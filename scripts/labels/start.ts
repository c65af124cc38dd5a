/**
 * Writes the automatic start of label maps: node scripts/labels/start.ts --set DIR --pictures DIR NAME…
 * A start that is there already stays.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { loadFaceNetworks } from '../../models/face/index.ts';
import { automaticLabels } from './automatic.ts';
import { readLabelPicture, writeLabelMap } from './label-map.ts';
import { findPicture, startPath } from './label-set.ts';

const program = new Command()
  .requiredOption('--set <dir>', 'folder of labelled pictures')
  .requiredOption('--pictures <dir>', 'folder of the pictures')
  .argument('<names...>', 'pictures without ending, FOLDER__NAME in a folder of folders')
  .parse();
const { set, pictures } = program.opts<{ set: string; pictures: string }>();
mkdirSync(join(set, 'starts'), { recursive: true });
const networks = await loadFaceNetworks();
for (const name of program.args) {
  if (existsSync(startPath(set, name))) continue;
  const { picture } = await readLabelPicture(join(pictures, findPicture(pictures, name)));
  await writeLabelMap(startPath(set, name), await automaticLabels(picture, networks));
}
await networks.release();
