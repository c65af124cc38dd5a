/**
 * Draws label maps over their pictures, for a person to judge and to read coordinates from:
 * node scripts/labels/sheet.ts --set DIR --pictures DIR --out FILE [--zoom Z] [--columns N] [--plain] NAME…
 * Shows the mask where there is one, else the start.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import sharp from 'sharp';
import { readLabelMap, readLabelPicture } from './label-map.ts';
import { findPicture, maskPath, startPath } from './label-set.ts';
import { overlay } from './overlay.ts';

const program = new Command()
  .requiredOption('--set <dir>', 'folder of labelled pictures')
  .requiredOption('--pictures <dir>', 'folder of the pictures')
  .requiredOption('--out <file>', 'PNG or JPEG')
  .option('--zoom <z>', 'pixels of the sheet for one of the map', Number, 2)
  .option('--columns <n>', 'pictures beside each other', Number, 1)
  .option('--plain', 'with the plain picture at the left', false)
  .argument('<names...>', 'pictures without ending')
  .parse();
const { set, pictures, out, zoom, ...layout } = program.opts<{
  set: string;
  pictures: string;
  out: string;
  zoom: number;
  columns: number;
  plain: boolean;
}>();

const cells: { input: Buffer; width: number; height: number }[] = [];
for (const name of program.args) {
  const { picture } = await readLabelPicture(join(pictures, findPicture(pictures, name)));
  const mask = maskPath(set, name);
  const labels = await readLabelMap(existsSync(mask) ? mask : startPath(set, name));
  const input = await overlay(name, picture, labels, zoom, layout.plain);
  const { width, height } = await sharp(input).metadata();
  cells.push({ input, width, height });
}
const [cellWidth, cellHeight] = [
  Math.max(...cells.map(({ width }) => width)) + 4,
  Math.max(...cells.map(({ height }) => height)) + 4,
];
const columns = Math.min(layout.columns, cells.length);
const size = { width: columns * cellWidth, height: Math.ceil(cells.length / columns) * cellHeight };
await sharp({ create: { ...size, channels: 3, background: 'white' } })
  .composite(
    cells.map(({ input }, i) => ({
      input,
      left: (i % columns) * cellWidth,
      top: Math.floor(i / columns) * cellHeight,
    })),
  )
  .toFile(out);
