/** The results that a person has looked at and approved. */
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from '../../models/image/picture.ts';
import { saveFile } from '../../renderer/core/files/save-file.ts';
import { encodePicture } from '../../renderer/core/pictures/encode-picture.ts';
import { decodePicture, readPicture } from '../../renderer/core/pictures/read-picture.ts';
import { type Differences, MEASURES, type Measured } from './compare.ts';
import { galleryFolder } from './paint.ts';
import { PAIRS, type Pair } from './pairs.ts';
import { REGIONS, type Region } from './regions.ts';

export const approvedFolder = join(galleryFolder, 'approved');

export const approvedPath = ({ name }: Pair) => join(approvedFolder, `${name}.webp`);

export const readApproved = (pair: Pair): Promise<Picture> => readPicture(approvedPath(pair));

/** A result as its file will hold it, so that compression does not count as a difference. */
export const asStored = async (result: Picture): Promise<Picture> =>
  decodePicture(await encodePicture(result, 'webp'), 'result');

/** @param variation what another seed makes of the pair */
export async function approve(pair: Pair, result: Picture, variation: Differences): Promise<void> {
  await saveFile(approvedPath(pair), await encodePicture(result, 'webp'));
  const others = existsSync(variationPath) ? await readVariations() : {};
  await saveFile(variationPath, new TextEncoder().encode(toCsv({ ...others, [pair.name]: variation })));
}

const variationPath = join(approvedFolder, 'variation.csv');

/** How far another seed is from what was approved, a pair. */
export async function readVariations(): Promise<Readonly<Record<string, Differences>>> {
  const [, ...lines] = (await readFile(variationPath, 'utf8')).trim().split('\n');
  const variations: Record<string, Partial<Record<Region, Measured>>> = {};
  for (const line of lines) {
    const [pair, region, ...values] = line.split(',');
    variations[pair] ??= {};
    variations[pair][region as Region] = measuredOf(values);
  }
  return variations;
}

const measuredOf = (values: readonly string[]): Measured =>
  Object.fromEntries(MEASURES.map((measure, k) => [measure, Number(values[k])])) as Measured;

function toCsv(variations: Readonly<Record<string, Differences>>): string {
  const lines = PAIRS.flatMap(({ name }) =>
    REGIONS.flatMap((region) => {
      const measured = variations[name]?.[region];
      return measured ? [[name, region, ...MEASURES.map((measure) => measured[measure].toFixed(3))]] : [];
    }),
  );
  return `${[['pair', 'region', ...MEASURES], ...lines].map((line) => line.join(',')).join('\n')}\n`;
}

/** Bytes of each approved picture. */
export async function approvedSizes(): Promise<ReadonlyMap<string, number>> {
  const files = (await readdir(approvedFolder)).filter((file) => file.endsWith('.webp'));
  const sizes = files.map(async (file) => (await stat(join(approvedFolder, file))).size);
  return new Map((await Promise.all(sizes)).map((size, k) => [files[k].replace(/\.webp$/, ''), size]));
}
