/** Pictures to bytes. Nothing of the portrait's metadata is carried over, least of all where it was taken. */
import { extname } from 'node:path';
import sharp from 'sharp';
import { LimnerError } from '../../../models/errors.ts';
import { clearHidden } from '../../../models/image/bleed.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { PIPE } from '../files/standard-streams.ts';

export type OutputFormat = 'png' | 'jpeg' | 'webp';

const EXTENSIONS: Record<string, OutputFormat> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.webp': 'webp',
};
/** Longest edge (px) a format can hold. */
const LONGEST_EDGE: Record<OutputFormat, number> = { png: 2 ** 31 - 1, jpeg: 65_535, webp: 16_383 };

/** The format that a file name asks for; PNG through a pipe. @throws USAGE when it is none Limner writes */
export function outputFormat(path: string): OutputFormat {
  if (path === PIPE) return 'png';
  const extension = extname(path).toLowerCase();
  const format = EXTENSIONS[extension];
  if (format) return format;
  throw new LimnerError(
    'USAGE',
    `Expected a name ending in .png, .jpg, .jpeg or .webp (or a folder) for --out but received ${path}.`,
  );
}

/** Pixels of the largest picture written: its samples and a copy of them have to fit into memory. */
const MOST_PIXELS = 2 ** 28;

/** @throws USAGE when a picture of this size does not fit the format, or is too large altogether */
export function checkOutputSize(
  { width, height }: Pick<Picture, 'width' | 'height'>,
  format: OutputFormat,
): void {
  if (width * height > MOST_PIXELS) {
    const most = Math.floor(MOST_PIXELS / 1e6);
    throw new LimnerError('USAGE', `Expected at most ${most} megapixels but received ${width}×${height} px.`);
  }
  if (Math.max(width, height) <= LONGEST_EDGE[format]) return;
  throw new LimnerError(
    'USAGE',
    `Expected at most ${LONGEST_EDGE[format]} px an edge for ${format} but received ${width}×${height} px.`,
  );
}

/**
 * An sRGB file that says so. JPEG has no alpha: transparent pixels turn white; elsewhere nothing lies under alpha 0.
 * @param xmp a packet to carry; the file has no other metadata than this and its profile
 */
export async function encodePicture(
  picture: Picture,
  format: OutputFormat,
  xmp?: string,
): Promise<Uint8Array> {
  const { width, height, data } = clearHidden(picture);
  const pixels = sharp(data, {
    raw: { width, height, channels: 4 },
    limitInputPixels: false,
  }).withIccProfile('srgb');
  const raw = xmp === undefined ? pixels : pixels.withXmp(xmp);
  switch (format) {
    case 'png':
      return (isOpaque(picture) ? raw.removeAlpha() : raw).png().toBuffer();
    case 'jpeg':
      return raw
        .flatten({ background: '#ffffff' })
        .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
        .toBuffer();
    case 'webp':
      return raw.webp({ quality: 95, smartSubsample: true }).toBuffer();
    default:
      throw format satisfies never;
  }
}

function isOpaque({ data }: Picture): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
}
