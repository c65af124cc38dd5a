/** `npm run demo`: a public-domain portrait in the style of a public-domain painting, end to end. */
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadFaceNetworks } from '../models/face/index.ts';
import { checkResult } from '../models/stylize/check-result.ts';
import { measureResult, type ResultMetrics } from '../models/stylize/measure.ts';
import { prepareStyle, stylize } from '../models/stylize/stylize.ts';
import { saveFile } from '../renderer/core/files/save-file.ts';
import { contactSheet, thumbnail } from '../renderer/core/pictures/contact-sheet.ts';
import { encodePicture } from '../renderer/core/pictures/encode-picture.ts';
import { readPicture } from '../renderer/core/pictures/read-picture.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const portraitPath = join(root, 'test/fixtures/astronaut.png');
const stylePath = join(root, 'test/fixtures/joconde.jpg');
const resultPath = join(root, 'out/astronaut.joconde.png');
const sheetPath = join(root, 'out/before-after.png');

console.log(
  'Limner paints the astronaut Eileen Collins (NASA, public domain) in the style of the Mona Lisa.\n',
);

const reference = await readPicture(stylePath);
const portrait = await readPicture(portraitPath);
const networks = await loadFaceNetworks();
const style = await timed('Studied the painting', () => prepareStyle(reference, networks));
const { picture, faces } = await timed('Painted the portrait', () => stylize(portrait, style, networks));
checkResult(picture, portrait.width, portrait.height);
const metrics = await measureResult(
  { portrait, portraitFace: faces[0], result: picture, reference, referenceFace: style.face },
  networks,
);
await networks.release();

await saveFile(resultPath, await encodePicture(picture, 'png'));
const edge = Math.max(portrait.width, portrait.height);
const cells = Object.entries({ portrait, style: reference, result: picture }).map(([label, shown]) => ({
  label,
  picture: thumbnail(shown, edge),
}));
const sheet = contactSheet([cells], edge);
await saveFile(sheetPath, await encodePicture(sheet, 'png'));

console.log(`\n${describe(metrics)}\n`);
console.log(`The result:        ${relative(process.cwd(), resultPath)}`);
console.log(`Before and after:  ${relative(process.cwd(), sheetPath)}\n`);
console.log('Now your own picture:');
console.log('  npm run -s limner -- render YOU.jpg --style test/fixtures/joconde.jpg');

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const value = await work();
  console.log(`${what} in ${Math.round(performance.now() - started)} ms on ${networks.device}.`);
  return value;
}

function describe({ identity, styleDistance }: ResultMetrics): string {
  if (identity === null) return 'No face could be found again in the result.';
  const likeness = identity.toFixed(2);
  return `Likeness ${likeness} of 1 (strangers reach about 0.42), style distance ${styleDistance.toFixed(3)}.`;
}
