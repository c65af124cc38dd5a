/**
 * `npm run gallery [-- PAIR…]` paints pairs (all, where none is named) and writes a page to look at them beside what was
 * approved; `npm run gallery -- --approve [PAIR…]` makes the new results the approved ones.
 */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { type FaceNetworks, loadFaceNetworks } from '../../models/face/index.ts';
import { approve, approvedPath, readApproved } from './approved.ts';
import { beyondLimits, compare } from './compare.ts';
import { type Row, writePage } from './page.ts';
import { outFolder, paintPair, prepareReference, readPortrait } from './paint.ts';
import { type Pair, pairsNamed, REFERENCES } from './pairs.ts';
import { mapPath, mapRegions, readRegions } from './regions.ts';
import { savePng } from './report.ts';

const { values, positionals } = parseArgs({
  options: { approve: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const pairs = pairsNamed(positionals);
const networks = await loadFaceNetworks({ device: 'cpu' });
const rows: Row[] = [];
for (const reference of REFERENCES) {
  const wanted = pairs.filter((pair) => pair.reference === reference);
  if (wanted.length > 0) rows.push(...(await paintAll(reference, wanted)));
}
await networks.release();
console.log(`To look at: ${relative(process.cwd(), await writePage(rows))}`);

async function paintAll(reference: string, wanted: readonly Pair[]): Promise<Row[]> {
  const style = await prepareReference(reference, networks);
  await savePng(join(outFolder, 'references', `${reference}.png`), style.reference);
  const made: Row[] = [];
  for (const pair of wanted) {
    const result = await paintPair(pair, style, networks);
    await savePng(join(outFolder, 'results', `${pair.name}.png`), result);
    await ensureRegions(pair.portrait, networks);
    const failures = existsSync(approvedPath(pair))
      ? beyondLimits(compare(result, await readApproved(pair), await readRegions(pair.portrait)))
      : null;
    if (values.approve) await approve(pair, result);
    console.log(`${pair.name}: ${failures ? (failures.length > 0 ? 'changed' : 'as approved') : 'new'}`);
    made.push({ pair, failures });
  }
  return made;
}

async function ensureRegions(portrait: string, networks: FaceNetworks): Promise<void> {
  if (existsSync(mapPath(portrait))) return;
  await savePng(mapPath(portrait), await mapRegions(await readPortrait(portrait), networks));
}
