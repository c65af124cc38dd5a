/** The files inside a style that need an encoder: its reference and a thumbnail. */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { StyleFiles } from '../../../models/adapt/compose-style.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { thumbnail } from '../pictures/contact-sheet.ts';
import { encodePicture } from '../pictures/encode-picture.ts';

/** Longest edge in px that a style carries; a face in it is still larger than most portraits' are painted. */
const LONGEST_EDGE = 2048;
const MAX_REFERENCE_BYTES = 4 * 2 ** 20;
/** Longest edge in px; a PNG of any picture of this size has less than 32 kB. */
const THUMBNAIL_EDGE = 96;

/** The reference as a style carries it. */
export function carriedReference(picture: Picture): Picture {
  const scale = Math.min(1, LONGEST_EDGE / Math.max(picture.width, picture.height));
  const edge = (length: number) => Math.max(1, Math.round(length * scale));
  return resizePicture(picture, edge(picture.width), edge(picture.height));
}

/** @param file the bytes that the reference was read from; @param original their picture; @param picture the carried one */
export async function packFiles(
  name: string,
  file: Uint8Array,
  original: Picture,
  picture: Picture,
): Promise<StyleFiles> {
  const sha256 = createHash('sha256').update(file).digest('hex');
  return {
    name,
    source: { sha256, width: original.width, height: original.height },
    picture,
    ...(await encodeReference(picture)),
    thumbnail: await encodeThumbnail(picture),
  };
}

/** A PNG. */
export const encodeThumbnail = (picture: Picture): Promise<Uint8Array> =>
  encodePicture(thumbnail(picture, THUMBNAIL_EDGE), 'png');

/** Without loss where that fits, which metadata never enter; else as a JPEG as good as fits. */
async function encodeReference(picture: Picture): Promise<Pick<StyleFiles, 'reference' | 'type'>> {
  const lossless = await encodePicture(picture, 'png');
  if (lossless.length <= MAX_REFERENCE_BYTES) return { reference: lossless, type: 'image/png' };
  const { width, height, data } = picture;
  const raw = sharp(data, { raw: { width, height, channels: 4 } }).flatten({ background: '#ffffff' });
  for (let quality = 97; ; quality -= 5) {
    const reference = await raw.clone().jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer();
    if (reference.length <= MAX_REFERENCE_BYTES || quality < 60)
      return { reference: new Uint8Array(reference), type: 'image/jpeg' };
  }
}
