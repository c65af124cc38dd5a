/**
 * Corrects label maps as JSON files say (see ./corrections.ts):
 * node scripts/labels/correct.ts --start DIR --pictures DIR --out DIR FILE.json…
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { correctLabels, corrections } from './corrections.ts';
import { findPicture } from './find-picture.ts';
import { readLabelMap, readLabelPicture, writeLabelMap } from './label-map.ts';

const program = new Command()
  .requiredOption('--start <dir>', 'label maps to start from')
  .requiredOption('--pictures <dir>', 'folder of the pictures')
  .requiredOption('--out <dir>', 'folder of the corrected maps')
  .argument('<files...>', 'corrections of a picture each')
  .parse();
const options = program.opts<{ start: string; pictures: string; out: string }>();
mkdirSync(options.out, { recursive: true });
for (const file of program.args) {
  const { picture: name, edits } = corrections.parse(JSON.parse(readFileSync(file, 'utf8')));
  const { picture } = await readLabelPicture(findPicture(options.pictures, name));
  const start = await readLabelMap(join(options.start, `${name}.png`));
  await writeLabelMap(join(options.out, `${name}.png`), correctLabels(start, picture, edits));
}
