/**
 * `npm run gallery:sheet` paints the README's picture, docs/gallery.jpg: portraits at the left, references above, each result
 * one run at the defaults.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp, { type OverlayOptions } from 'sharp';
import { loadFaceNetworks } from '../../models/face/index.ts';
import type { Picture } from '../../models/image/picture.ts';
import { prepareStyle, stylize } from '../../models/stylize/stylize.ts';
import { saveFile } from '../../renderer/core/files/save-file.ts';
import { readPortrait, readReference } from './paint.ts';

const PORTRAITS = ['underwood', 'omar', 'casten', 'duckworth'];
const REFERENCES = ['oil', 'watercolour', 'risograph', 'linocut', 'pencil', 'gouache', 'papercut', 'joconde'];
/** px */
const CELL = 202;
const GAP = 4;

const networks = await loadFaceNetworks();
const cells: OverlayOptions[] = [];
for (const [row, portrait] of PORTRAITS.entries()) await place(await readPortrait(portrait), row + 1, 0);
for (const [i, name] of REFERENCES.entries()) {
  const reference = await readReference(name);
  await place(reference, 0, i + 1);
  const style = await prepareStyle(reference, networks);
  for (const [row, portrait] of PORTRAITS.entries())
    await place((await stylize(await readPortrait(portrait), style, networks)).picture, row + 1, i + 1);
}
await networks.release();
const edge = (count: number) => count * (CELL + GAP) + GAP;
const sheet = sharp({
  create: {
    width: edge(REFERENCES.length + 1),
    height: edge(PORTRAITS.length + 1),
    channels: 3,
    background: '#fff',
  },
});
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const file = await sheet.composite(cells).jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer();
await saveFile(join(root, 'docs/gallery.jpg'), file);

async function place({ data, width, height }: Picture, row: number, column: number): Promise<void> {
  const input = await sharp(data, { raw: { width, height, channels: 4 } })
    .resize(CELL, CELL, { fit: 'contain', background: '#fff' })
    .flatten({ background: '#fff' })
    .png()
    .toBuffer();
  cells.push({ input, left: GAP + column * (CELL + GAP), top: GAP + row * (CELL + GAP) });
}
