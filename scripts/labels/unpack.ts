/**
 * Writes a set as `limner evaluate segments --data` reads it, images/NAME.png beside labels/NAME.png:
 * node scripts/labels/unpack.ts --set DIR --pictures DIR --out DIR
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import sharp from 'sharp';
import { maskPath, nameOf, readCorrected, readCorrections } from './label-set.ts';

const program = new Command()
  .requiredOption('--set <dir>', 'folder of labelled pictures')
  .requiredOption('--pictures <dir>', 'folder of the pictures')
  .requiredOption('--out <dir>', 'folder to be written')
  .parse();
const { set, pictures, out } = program.opts<{ set: string; pictures: string; out: string }>();
for (const folder of ['images', 'labels']) mkdirSync(join(out, folder), { recursive: true });
for (const corrections of readCorrections(set)) {
  const name = nameOf(corrections.picture);
  const { width, height, data } = await readCorrected(pictures, corrections);
  await sharp(data, { raw: { width, height, channels: 4 } }).toFile(join(out, 'images', `${name}.png`));
  copyFileSync(maskPath(set, name), join(out, 'labels', `${name}.png`));
}
