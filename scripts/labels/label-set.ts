/**
 * A folder of labelled pictures: starts/NAME.png and masks/NAME.png, the maps before and after a person corrected them,
 * and corrections.json, which says how. A NAME is a picture's path in its own folder without ending, `__` for `/`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Corrections, corrections } from './corrections.ts';
import { readLabelPicture } from './label-map.ts';

export const startPath = (set: string, name: string): string => join(set, 'starts', `${name}.png`);
export const maskPath = (set: string, name: string): string => join(set, 'masks', `${name}.png`);
export const nameOf = (picture: string): string => picture.replace(/\.\w+$/, '').replaceAll('/', '__');

/** In the order of the file; none where there is no file yet. */
export function readCorrections(set: string): Corrections[] {
  const file = join(set, 'corrections.json');
  return existsSync(file) ? z.array(corrections).parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
}

/** @throws when it has not the size that was labelled, so that a mask never lies on another picture */
export async function readCorrected(folder: string, { picture: file, size }: Corrections) {
  const read = await readLabelPicture(join(folder, file));
  if (read.size.join() !== size.join()) {
    throw new Error(`${file} is ${read.size.join('×')}, not ${size.join('×')} as when it was labelled`);
  }
  return read.picture;
}

const ENDINGS = ['.jpg', '.png', '.jpeg', '.webp'];

/** The path in `folder` of the picture called NAME. */
export function findPicture(folder: string, name: string): string {
  const path = name.replaceAll('__', '/');
  const found = ENDINGS.map((ending) => path + ending).find((file) => existsSync(join(folder, file)));
  if (!found) throw new Error(`there is no picture ${path} in ${folder}`);
  return found;
}
