/** Writes the automatic start of label maps: node scripts/labels/start.ts OUT PICTURE… (OUT/NAME.png; kept where there) */
import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { loadFaceNetworks } from '../../models/face/index.ts';
import { automaticLabels } from './automatic.ts';
import { readLabelPicture, writeLabelMap } from './label-map.ts';

const [out, ...pictures] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const networks = await loadFaceNetworks();
for (const path of pictures) {
  const name = basename(path).replace(/\.\w+$/, '');
  // Names repeat among folders of references.
  const file = join(out, `${path.includes('/styles/') ? `${basename(dirname(path))}__` : ''}${name}.png`);
  if (existsSync(file)) continue;
  try {
    const { picture } = await readLabelPicture(path);
    await writeLabelMap(file, await automaticLabels(picture, networks));
  } catch (error) {
    console.error(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}
await networks.release();
