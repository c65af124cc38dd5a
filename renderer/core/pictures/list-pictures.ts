import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';

const READABLE = /\.(png|jpe?g|webp|avif|tiff?|gif)$/i;

/** Paths of the pictures in a folder, by name. @throws NOT_FOUND, NO_PICTURES */
export async function listPictures(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new LimnerError('NOT_FOUND', `There is no folder ${folder}.`, { cause });
  });
  const pictures = names.filter((name) => READABLE.test(name) && !name.startsWith('.')).sort();
  if (pictures.length === 0) throw new LimnerError('NO_PICTURES', `There are no pictures in ${folder}.`);
  return pictures.map((name) => join(folder, name));
}
