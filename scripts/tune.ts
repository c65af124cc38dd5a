/**
 * `node scripts/node.mjs scripts/tune.ts NAME VALUE... --portraits DIR --styles DIR... [--every N] [--out DIR]`: renders
 * with other values of one parameter of models/stylize/parameters.ts, measures, and writes the results to look at. The
 * first row is the value that ships. Lists are written 6,4,3,2.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadFaceNetworks } from '../models/face/index.ts';
import type { Picture } from '../models/image/picture.ts';
import { type Metrics, measure } from '../models/stylize/measure.ts';
import { PARAMETER_TABLE, PARAMETERS } from '../models/stylize/parameters.ts';
import { prepareStyle, stylize } from '../models/stylize/stylize.ts';
import { encodePicture } from '../renderer/core/pictures/encode-picture.ts';
import { readPicture } from '../renderer/core/pictures/read-picture.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    portraits: { type: 'string' },
    styles: { type: 'string', multiple: true },
    every: { type: 'string', default: '60' },
    out: { type: 'string' },
  },
});
const [name, ...texts] = positionals;
if (!name || !(name in PARAMETER_TABLE) || !values.portraits || !values.styles) {
  console.error(`Expected a parameter, its values, --portraits and --styles. Parameters:\n`);
  for (const [key, { value, unit, range, meaning }] of Object.entries(PARAMETER_TABLE))
    console.error(`  ${key} = ${value} ${unit} (${range.join('..')}): ${meaning}`);
  process.exit(2);
}

const listFolder = async (folder: string) =>
  (await readdir(folder))
    .filter((file) => /\.(jpe?g|png|webp)$/i.test(file))
    .sort()
    .map((file) => join(folder, file));
const read = (path: string): Promise<Picture> => readPicture(path, { maxPixels: 1e8 });
const numbers = (text: string) => (text.includes(',') ? text.split(',').map(Number) : Number(text));

const candidates = [PARAMETERS[name as keyof typeof PARAMETERS], ...texts.map(numbers)];
const networks = await loadFaceNetworks({ device: 'cpu' });
const portraits = (await listFolder(values.portraits)).filter((_, i) => i % Number(values.every) === 0);
const styles = (await Promise.all(values.styles.map(listFolder))).flat();
const rows = candidates.map((): Metrics[] => []);
for (const path of styles) {
  const reference = await read(path);
  const style = await prepareStyle(reference, networks, { texture: true });
  if (style.face.score === 0) continue;
  for (const portrait of portraits) {
    const picture = await read(portrait);
    for (const [i, value] of candidates.entries()) {
      const result = await stylize(picture, style, networks, { parameters: { [name]: value } });
      rows[i].push(
        await measure(
          {
            portrait: picture,
            portraitFace: result.faces[0],
            result: result.picture,
            reference,
            referenceFace: style.face,
          },
          networks,
        ),
      );
      if (values.out) await save(join(values.out, `${name}-${value}`), portrait, path, result.picture);
    }
  }
}
const mean = (metrics: readonly Metrics[], key: keyof Metrics) =>
  (metrics.reduce((sum, one) => sum + Number(one[key] ?? 0), 0) / metrics.length).toFixed(4);
const KEYS = [
  'identity',
  'landmarkError',
  'styleDistance',
  'completeness',
  'coherence',
  'photographicResidue',
] as const;
console.log([name, 'pairs', ...KEYS].join('\t'));
for (const [i, metrics] of rows.entries())
  console.log([candidates[i], metrics.length, ...KEYS.map((key) => mean(metrics, key))].join('\t'));
await networks.release();

async function save(folder: string, portrait: string, style: string, picture: Picture): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, `${basename(portrait)}.${basename(style)}.png`),
    await encodePicture(picture, 'png'),
  );
}
