/** The results that a person has looked at and approved. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from '../../models/image/picture.ts';
import { saveFile } from '../../renderer/core/files/save-file.ts';
import { encodePicture } from '../../renderer/core/pictures/encode-picture.ts';
import { readPicture } from '../../renderer/core/pictures/read-picture.ts';
import { galleryFolder } from './paint.ts';
import type { Pair } from './pairs.ts';

export const approvedFolder = join(galleryFolder, 'approved');

export const approvedPath = ({ name }: Pair) => join(approvedFolder, `${name}.webp`);

export const readApproved = (pair: Pair): Promise<Picture> => readPicture(approvedPath(pair));

export const approve = async (pair: Pair, result: Picture): Promise<void> =>
  saveFile(approvedPath(pair), await encodePicture(result, 'webp'));

/** Names without their ending. */
export async function listApproved(): Promise<string[]> {
  const files = await readdir(approvedFolder);
  return files.map((file) => file.replace(/\.webp$/, '')).sort();
}
