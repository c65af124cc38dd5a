/**
 * Pictures from files: upright, 8-bit sRGB with alpha, whatever the file holds (EXIF orientation, grey, 16 bit, CMYK,
 * embedded ICC profiles). The header is checked before a pixel is decoded. Several TIFF pages: the first one.
 */
import sharp, { type Metadata } from 'sharp';
import { LimnerError } from '../../models/errors.ts';
import type { Picture } from '../../models/image/picture.ts';
import { isHiddenAnimation } from './animation.ts';
import { readFileBytes } from './read-file.ts';
import { type PictureFormat, sniffFormat } from './sniff-format.ts';

export const DEFAULT_MAX_PIXELS = 50_000_000;
/** Edge (px) below which no face network can see anything. */
const SMALLEST_EDGE = 16;

export interface ReadOptions {
  /** Most pixels decoded; default 50 million. */
  maxPixels?: number;
}

/**
 * @throws NOT_FOUND, NOT_A_FILE, NOT_READABLE, EMPTY_FILE, FILE_TOO_LARGE and all of `decodePicture`
 */
export async function readPicture(path: string, options: ReadOptions = {}): Promise<Picture> {
  return decodePicture(await readFileBytes(path), path, options);
}

/**
 * @param name how messages call the picture
 * @throws UNSUPPORTED_FORMAT, TOO_MANY_PIXELS, ANIMATED_PICTURE, PICTURE_TOO_SMALL, TRUNCATED_PICTURE, CORRUPT_PICTURE
 */
export async function decodePicture(
  bytes: Uint8Array,
  name: string,
  { maxPixels = DEFAULT_MAX_PIXELS }: ReadOptions = {},
): Promise<Picture> {
  const format = sniffFormat(bytes);
  if (!format) throw new LimnerError('UNSUPPORTED_FORMAT', `${name} is not a picture that Limner reads.`);
  if (isHiddenAnimation(bytes, format)) throw animated(name);
  checkHeader(await readHeader(bytes, name), format, name, maxPixels);
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: maxPixels, autoOrient: true })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const samples = new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength);
    return { width: info.width, height: info.height, data: samples };
  } catch (cause) {
    throw unreadable(cause, name);
  }
}

async function readHeader(bytes: Uint8Array, name: string): Promise<Metadata> {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw unreadable(cause, name);
  }
}

function checkHeader(header: Metadata, format: PictureFormat, name: string, maxPixels: number): void {
  const { width, height, pages = 1 } = header;
  const size = `${width}×${height} px`;
  if (width * height > maxPixels) {
    throw new LimnerError('TOO_MANY_PIXELS', `${name} has ${size}; the limit is ${maxPixels} pixels.`);
  }
  if (pages > 1 && (format === 'gif' || format === 'webp')) throw animated(name);
  if (Math.min(width, height) < SMALLEST_EDGE) {
    throw new LimnerError('PICTURE_TOO_SMALL', `${name} has only ${size}.`);
  }
}

const animated = (name: string) =>
  new LimnerError('ANIMATED_PICTURE', `${name} is animated: it holds more than one frame.`);

/** How libvips and its decoders word it when a file ends too early. */
const TRUNCATED =
  /premature end|truncated|end of (file|stream|image)|unexpected eof|read past end|not enough data|got eof|incomplete|libspng read error/i;
const TOO_LARGE = /pixel limit|security limit|exceeds|dimensions? too large|too (big|large)/i;

function unreadable(cause: unknown, name: string): LimnerError {
  const words = cause instanceof Error ? cause.message : '';
  if (TOO_LARGE.test(words))
    return new LimnerError('TOO_MANY_PIXELS', `${name} is too large to decode.`, { cause });
  if (/unsupported (codec|feature|image format)/i.test(words)) {
    return new LimnerError(
      'UNSUPPORTED_FORMAT',
      `${name} uses a kind of compression that Limner does not read.`,
      { cause },
    );
  }
  if (TRUNCATED.test(words))
    return new LimnerError('TRUNCATED_PICTURE', `${name} ends too early.`, { cause });
  return new LimnerError('CORRUPT_PICTURE', `${name} is damaged and cannot be decoded.`, { cause });
}
