/**
 * `npm run gallery [-- PAIR…]` paints pairs (all, where none is named) and writes a page to look at them beside what was
 * approved; `npm run gallery -- --approve [PAIR…]` makes the new results the approved ones.
 */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { loadFaceNetworks } from '../../models/face/index.ts';
import type { Picture } from '../../models/image/picture.ts';
import type { PreparedStyle } from '../../models/stylize/stylize.ts';
import { approve, approvedPath, asStored, readApproved, readVariations } from './approved.ts';
import { compare, type Failure, findFailures } from './compare.ts';
import { describeRow, type Row, writePage } from './page.ts';
import { outFolder, paintPair, paintVariation, prepareReference, readPortrait } from './paint.ts';
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
    await ensureRegions(pair.portrait);
    const row = { pair, failures: await judge(pair, result) };
    console.log(describeRow(row));
    made.push(row);
    if (values.approve) await approveResult(pair, result, style);
  }
  return made;
}

async function judge(pair: Pair, result: Picture): Promise<Failure[] | null> {
  if (!existsSync(approvedPath(pair))) return null;
  const differences = compare(
    await asStored(result),
    await readApproved(pair),
    await readRegions(pair.portrait),
  );
  return findFailures(differences, (await readVariations())[pair.name] ?? {});
}

async function approveResult(pair: Pair, result: Picture, style: PreparedStyle): Promise<void> {
  const other = await paintVariation(pair, style, networks);
  await approve(pair, result, compare(result, other, await readRegions(pair.portrait)));
}

/** The map of a portrait that has none yet. */
async function ensureRegions(portrait: string): Promise<void> {
  if (existsSync(mapPath(portrait))) return;
  await savePng(mapPath(portrait), await mapRegions(await readPortrait(portrait), networks));
}
