/**
 * Makes the masks that corrections.json describes: node scripts/labels/correct.ts --set DIR --pictures DIR [NAME…]
 * Without names, all of them.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { correctLabels } from './corrections.ts';
import { readLabelMap, writeLabelMap } from './label-map.ts';
import { maskPath, nameOf, readCorrected, readCorrections, startPath } from './label-set.ts';

const program = new Command()
  .requiredOption('--set <dir>', 'folder of labelled pictures')
  .requiredOption('--pictures <dir>', 'folder of the pictures')
  .argument('[names...]', 'pictures without ending')
  .parse();
const { set, pictures } = program.opts<{ set: string; pictures: string }>();
mkdirSync(join(set, 'masks'), { recursive: true });
const wanted = new Set(program.args);
for (const one of readCorrections(set)) {
  const name = nameOf(one.picture);
  if (wanted.size > 0 && !wanted.has(name)) continue;
  const picture = await readCorrected(pictures, one);
  const start = await readLabelMap(startPath(set, name));
  await writeLabelMap(maskPath(set, name), correctLabels(start, picture, one.edits));
}
