/**
 * Sheets for judging and correcting label maps:
 * node scripts/labels/sheet.ts --out FILE --labels DIR --pictures DIR [--zoom Z] [--columns N] [--plain] NAME…
 */
import { join } from 'node:path';
import { Command } from 'commander';
import sharp from 'sharp';
import { findPicture } from './find-picture.ts';
import { readLabelMap, readLabelPicture } from './label-map.ts';
import { overlay } from './overlay.ts';

const program = new Command()
  .requiredOption('--out <file>', 'PNG or JPEG')
  .requiredOption('--labels <dir...>', 'folders of label maps; the first that has one counts')
  .requiredOption('--pictures <dir>', 'folder of the pictures')
  .option('--zoom <z>', 'pixels of the sheet for one of the picture', Number, 2)
  .option('--columns <n>', 'pictures beside each other', Number, 1)
  .option('--plain', 'with the plain picture at the left', false)
  .argument('<names...>', 'pictures without extension')
  .parse();
const options = program.opts<{ out: string; labels: string[]; pictures: string; zoom: number; columns: number; plain: boolean }>();

const cells: { input: Buffer; width: number; height: number }[] = [];
for (const name of program.args) {
  const { picture } = await readLabelPicture(findPicture(options.pictures, name));
  const labels = await firstMap(options.labels.map((folder) => join(folder, `${name}.png`)));
  const input = await overlay(name, picture, labels, options.zoom, options.plain);
  const { width, height } = await sharp(input).metadata();
  cells.push({ input, width, height });
}
const [cellWidth, cellHeight] = [
  Math.max(...cells.map(({ width }) => width)) + 4,
  Math.max(...cells.map(({ height }) => height)) + 4,
];
const columns = Math.min(options.columns, cells.length);
const size = { width: columns * cellWidth, height: Math.ceil(cells.length / columns) * cellHeight };
await sharp({ create: { ...size, channels: 3, background: 'white' } })
  .composite(
    cells.map(({ input }, i) => ({
      input,
      left: (i % columns) * cellWidth,
      top: Math.floor(i / columns) * cellHeight,
    })),
  )
  .toFile(options.out);

async function firstMap(files: readonly string[]) {
  for (const file of files) {
    try {
      return await readLabelMap(file);
    } catch {}
  }
  throw new Error(`none of ${files.join(', ')} can be read`);
}
