/** A sheet of samples beside their labels: node scripts/training/parsing/preview.ts PORTRAITS LABELS OUT.png [SEED] */
import sharp from 'sharp';
import { PARSING_CLASSES, UNKNOWN } from '../../../models/face/parsing-classes.ts';
import { COLOURS } from '../../labels/classes.ts';
import { listPictures } from '../pictures.ts';
import { uniformNumbers } from '../random.ts';
import { makeSample } from './make-sample.ts';
import { openBackdrops } from './samples.ts';
import { AREA, type Scene, SIDE } from './scene.ts';
import { loadSitters } from './sitters.ts';

const [portraits, labels, out, seed = '1'] = process.argv.slice(2);
const files = listPictures(portraits).filter((_, i) => i % 21 === Number(seed) % 21);
const sitters = await loadSitters(files, [{ folder: labels, atBorder: 0.2, inside: 1 }], '.cache/parsing');
const backdrop = await openBackdrops(listPictures('.cache/photographs'));
const columns = 6;
const tiles: {
  input: Buffer;
  raw: { width: number; height: number; channels: 3 };
  left: number;
  top: number;
}[] = [];
const start = performance.now();
for (let k = 0; k < 24; k++) {
  const random = uniformNumbers(Number(seed) * 1000 + k);
  for (let s = 0; s < 4; s++) random();
  const scene = await makeSample(
    sitters[k % sitters.length],
    { backdrop, isPainted: false, longHaired: sitters },
    random,
  );
  tiles.push({
    input: tile(scene),
    raw: { width: 2 * SIDE, height: SIDE, channels: 3 },
    left: (k % columns) * SIDE * 2,
    top: Math.floor(k / columns) * SIDE,
  });
}
console.log(((performance.now() - start) / 24).toFixed(0), 'ms a sample', sitters.length);
await sharp({ create: { width: columns * 2 * SIDE, height: 4 * SIDE, channels: 3, background: '#000' } })
  .composite(tiles)
  .png()
  .toBuffer()
  .then((png) =>
    sharp(png)
      .resize(columns * SIDE)
      .png()
      .toFile(out),
  );

function tile({ rgb, labels }: Scene): Buffer {
  const data = Buffer.alloc(6 * AREA);
  for (let i = 0; i < AREA; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    for (let c = 0; c < 3; c++) {
      data[3 * (y * 2 * SIDE + x) + c] = 255 * rgb[c * AREA + i];
      data[3 * (y * 2 * SIDE + SIDE + x) + c] =
        labels[i] === UNKNOWN ? 0 : COLOURS[PARSING_CLASSES[labels[i]]][c];
    }
  }
  return data;
}
