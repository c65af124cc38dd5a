/** Label maps: one byte a pixel, the number of its class (./classes.ts) or 255; kept as grey PNG. */
import { rename, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Picture } from '../../models/image/picture.ts';

export interface LabelMap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Longest side (px) at which pictures are labelled. */
export const LABEL_SIZE = 512;

/** A picture as it is labelled: upright sRGB, at most 512 px; a larger one is made smaller. */
export async function readLabelPicture(
  file: string,
): Promise<{ readonly picture: Picture; readonly size: readonly [number, number] }> {
  const upright = await sharp(file)
    .rotate()
    .toColourspace('srgb')
    .flatten()
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width: fullWidth, height: fullHeight, channels } = upright.info;
  const { data, info } = await sharp(upright.data, {
    raw: { width: fullWidth, height: fullHeight, channels },
  })
    .resize(LABEL_SIZE, LABEL_SIZE, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const picture = { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
  return { picture, size: [fullWidth, fullHeight] };
}

export async function readLabelMap(file: string): Promise<LabelMap> {
  const { data, info } = await sharp(file).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

/** Whole or not at all, since others may be reading the folder. */
export async function writeLabelMap(file: string, { width, height, data }: LabelMap): Promise<void> {
  const png = await sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 9, adaptiveFiltering: false })
    .toBuffer();
  await writeFile(`${file}.part`, png);
  await rename(`${file}.part`, file);
}
