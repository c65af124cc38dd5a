/** `npm run starters`: paints the starter styles from public-domain photographs, the same bytes each time. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { type FaceNetworks, loadFaceNetworks } from '../../models/face/index.ts';
import type { Picture } from '../../models/image/picture.ts';
import { readPicture } from '../../renderer/pictures/read-picture.ts';
import { saveFile } from '../../renderer/pictures/save-file.ts';
import { toPicture } from './kit/canvas.ts';
import { studySitter } from './kit/sitter.ts';
import { STARTERS, type Starter } from './starters.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Largest file that is committed, bytes. */
const MAX_BYTES = 150_000;
/** Mean difference of sRGB codes up to which a committed file counts as this painting: the loss of its compression. */
const TOLERANCE = 8;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    out: { type: 'string' },
    check: { type: 'boolean' },
    png: { type: 'boolean' },
  },
});
const chosen = STARTERS.filter(({ name }) => !values.only || values.only.split(',').includes(name));
if (chosen.length === 0)
  throw new Error(`No starter is called ${values.only}: ${STARTERS.map(({ name }) => name).join(', ')}.`);
const folder = values.out ?? join(root, 'starters');
const networks = await loadFaceNetworks();
for (const starter of chosen) {
  const started = performance.now();
  const picture = await paint(starter, networks);
  const path = join(folder, `${starter.name}.webp`);
  if (values.check) await compare(picture, path);
  else await saveFile(path, await encode(picture));
  if (values.png)
    await sharpOf(picture)
      .png()
      .toFile(join(folder, `${starter.name}.png`));
  console.log(`${starter.name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
await networks.release();

async function paint({ source, layout, seed, paint }: Starter, networks: FaceNetworks): Promise<Picture> {
  const photograph = await readPicture(join(root, 'scripts/starters/sources', `${source}.jpg`));
  return toPicture(paint(await studySitter(photograph, layout, networks), seed));
}

function sharpOf({ width, height, data }: Picture) {
  return sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();
}

/** WebP of the best quality that is small enough. */
async function encode(picture: Picture): Promise<Buffer> {
  for (let quality = 90; ; quality -= 4) {
    const bytes = await sharpOf(picture).webp({ quality, effort: 6, smartSubsample: true }).toBuffer();
    if (bytes.length <= MAX_BYTES || quality < 20) return bytes;
  }
}

async function compare(picture: Picture, path: string): Promise<void> {
  const committed = await readPicture(path);
  let sum = 0;
  for (let i = 0; i < picture.data.length; i++) sum += Math.abs(picture.data[i] - committed.data[i]);
  const mean = sum / (picture.width * picture.height * 3);
  if (mean <= TOLERANCE)
    return console.log(`${path} is up to date (it differs by ${mean.toFixed(1)} codes in the mean).`);
  console.error(
    `${path} differs by ${mean.toFixed(1)} codes in the mean: run npm run starters and commit what it writes.`,
  );
  process.exitCode = 1;
}
