/**
 * Painted copies of portraits, whose labels are the portraits': node scripts/training/parsing/paint-copies.ts PORTRAITS
 * OUT COUNT [FIRST] paints COUNT of them, each in one of the starters in turn, as OUT/NAME.STYLE.webp of the portrait's size.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { loadFaceNetworks } from '../../../models/face/index.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { prepareStyle } from '../../../models/stylize/reference.ts';
import { stylize } from '../../../models/stylize/stylize.ts';
import { listPictures, readPicture } from '../pictures.ts';

/** px: what a draft is painted at. */
const EDGE = 384;

const [portraits, out, count, first = '0'] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const references = [...listPictures('starters'), 'test/fixtures/joconde.jpg'];
const networks = await loadFaceNetworks({ device: 'cpu' });
const files = listPictures(portraits);
const step = Math.max(1, Math.floor(files.length / Number(count)));
const chosen = files.filter((_, i) => i % step === 0).slice(0, Number(count));
for (const [r, reference] of references.entries()) {
  const style = basename(reference).replace(/\.\w+$/, '');
  const own = chosen.filter((_, i) => (i + Number(first)) % references.length === r);
  const prepared = await prepareStyle(await readPicture(reference), networks);
  for (const file of own) {
    const path = join(out, `${basename(file).replace(/\.\w+$/, '')}.${style}.webp`);
    if (existsSync(path)) continue;
    const portrait = await readPicture(file);
    try {
      const scale = EDGE / Math.max(portrait.width, portrait.height);
      const small = resizePicture(
        portrait,
        Math.round(portrait.width * scale),
        Math.round(portrait.height * scale),
      );
      const { picture } = await stylize(small, prepared, networks, { quality: 'draft', faces: 'largest' });
      await sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 4 } })
        .removeAlpha()
        .resize(portrait.width, portrait.height)
        .webp({ quality: 90 })
        .toFile(path);
    } catch (error) {
      console.error(`${file}: ${error}`);
    }
  }
  console.log(style, own.length);
}
await networks.release();
