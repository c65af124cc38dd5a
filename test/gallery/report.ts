/** What a person needs to see why a pair failed, as files. */
import { join } from 'node:path';
import { labPlanes } from '../../models/image/colour.ts';
import { createPicture, type Picture } from '../../models/image/picture.ts';
import type { Inspect } from '../../models/stylize/settings.ts';
import { saveFile } from '../../renderer/core/files/save-file.ts';
import { encodePicture } from '../../renderer/core/pictures/encode-picture.ts';
import { colourDistance, type Failure, overGrey } from './compare.ts';
import { outFolder } from './paint.ts';
import type { Pair } from './pairs.ts';

export const reportFolder = (pair: Pair) => join(outFolder, 'failed', pair.name);

export const savePng = async (path: string, picture: Picture): Promise<void> =>
  saveFile(path, await encodePicture(picture, 'png'));

/** @param repaint paints the pair once more and shows its intermediate pictures */
export async function writeReport(
  pair: Pair,
  result: Picture,
  approved: Picture,
  repaint: (inspect: Inspect) => Promise<unknown>,
): Promise<void> {
  const folder = reportFolder(pair);
  const steps = new Map<string, Picture>();
  await repaint((name, picture) => steps.set(name, picture));
  await Promise.all([
    savePng(join(folder, 'result.png'), result),
    savePng(join(folder, 'approved.png'), approved),
    savePng(join(folder, 'difference.png'), showDifference(result, approved)),
    ...[...steps].map(([name, picture]) => savePng(join(folder, 'steps', `${name}.png`), picture)),
  ]);
}

/** Grey levels for one ΔE. */
const GAIN = 8;

/** Black where the two are alike, white from a ΔE of 32 on. */
export function showDifference(result: Picture, approved: Picture): Picture {
  const [one, other] = [result, approved].map((picture) => labPlanes(overGrey(picture)));
  const distance = colourDistance(one, other, 0).data;
  const out = createPicture(result.width, result.height);
  distance.forEach((value, i) => {
    out.data.set([GAIN * value, GAIN * value, GAIN * value, 255], i * 4);
  });
  return out;
}

export function describeFailure(pair: Pair, failures: readonly Failure[]): string {
  const list = failures.map(
    ({ region, measure, value, limit }) =>
      `  ${region}: ${measure} ${value.toFixed(3)} (at most ${limit.toFixed(3)})`,
  );
  return [
    `${pair.name} is not what was approved:`,
    ...list,
    `Look at result, approved, difference and steps in ${reportFolder(pair)}.`,
    `If the new state is better: npm run gallery -- --approve ${pair.name}`,
  ].join('\n');
}
