import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Picture } from '../../models/image/picture.ts';

/** A file as 8-bit sRGB, turned upright, with an opaque or real alpha channel. */
export async function readPicture(file: string): Promise<Picture> {
  const image = sharp(file).rotate().toColourspace('srgb').ensureAlpha();
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

export async function writePicture(file: string, { width, height, data }: Picture): Promise<void> {
  await sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .toFile(file);
}

/** The pictures under a folder, sorted by path. */
export function listPictures(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(jpe?g|png|webp|tiff?)$/i.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * Pictures of one `--data` argument: a folder, or `FOLDER%N` to leave out every Nth (0, N, 2N … in sorted order), which
 * are then `heldOut`.
 */
export function pictureSet(argument: string): { train: string[]; heldOut: string[] } {
  const [, folder, every] = /^(.*?)(?:%(\d+))?$/.exec(argument)!;
  const files = listPictures(folder);
  const isHeldOut = (i: number): boolean => every !== undefined && i % Number(every) === 0;
  return { train: files.filter((_, i) => !isHeldOut(i)), heldOut: files.filter((_, i) => isHeldOut(i)) };
}
