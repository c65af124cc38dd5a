/**
 * Pictures from files: upright, 8-bit sRGB with alpha, whatever the file holds (EXIF orientation, grey, 16 bit, CMYK,
 * embedded ICC profiles). The header is checked before a pixel is decoded. Several TIFF pages: the first one.
 */
import sharp, { type Metadata, type Sharp } from 'sharp';
import { type ErrorCode, LimnerError } from '../../../models/errors.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { readFileBytes } from '../files/read-file.ts';
import { isHiddenAnimation } from './animation.ts';
import { type PictureFormat, sniffFormat } from './sniff-format.ts';
import { isTruncated } from './truncation.ts';

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
export function decodePicture(bytes: Uint8Array, name: string, options: ReadOptions = {}): Promise<Picture> {
  return readUpright(bytes, name, options, async (upright) => {
    const { data, info } = await upright
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const samples = new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength);
    return { width: info.width, height: info.height, data: samples };
  });
}

/** Fast rather than small. */
const PNG_EFFORT = { compressionLevel: 3 };

/**
 * The same pixels as a PNG without any metadata, whatever the file was.
 * @throws as `decodePicture`
 */
export function normalisePicture(
  bytes: Uint8Array,
  name: string,
  options: ReadOptions = {},
): Promise<{ png: Uint8Array; width: number; height: number }> {
  return readUpright(bytes, name, options, async (upright) => {
    const { data, info } = await upright.png(PNG_EFFORT).toBuffer({ resolveWithObject: true });
    return { png: data, width: info.width, height: info.height };
  });
}

/** Checks a picture, then lets `read` decode it upright and in sRGB. */
async function readUpright<T>(
  bytes: Uint8Array,
  name: string,
  { maxPixels = DEFAULT_MAX_PIXELS }: ReadOptions,
  read: (upright: Sharp) => Promise<T>,
): Promise<T> {
  const format = sniffFormat(bytes);
  if (!format) throw new LimnerError('UNSUPPORTED_FORMAT', `${name} is not a picture that Limner reads.`);
  if (isHiddenAnimation(bytes, format)) throw animated(name);
  checkHeader(await readHeader(bytes, format, name), format, name, maxPixels);
  try {
    return await read(sharp(bytes, { limitInputPixels: maxPixels, autoOrient: true }).toColourspace('srgb'));
  } catch (cause) {
    throw unreadable(cause, bytes, format, name);
  }
}

async function readHeader(bytes: Uint8Array, format: PictureFormat, name: string): Promise<Metadata> {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw unreadable(cause, bytes, format, name);
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

const TOO_LARGE = /pixel limit|security limit|dimensions? too large/i;
const UNKNOWN_CODEC = /unsupported (codec|feature)/i;

/** Why decoding failed, from the words of libvips and its decoders and from the file's structure. */
function unreadable(cause: unknown, bytes: Uint8Array, format: PictureFormat, name: string): LimnerError {
  const words = cause instanceof Error ? cause.message : '';
  const error = (code: ErrorCode, what: string) => new LimnerError(code, `${name} ${what}.`, { cause });
  if (TOO_LARGE.test(words)) return error('TOO_MANY_PIXELS', 'is too large to decode');
  if (UNKNOWN_CODEC.test(words))
    return error('UNSUPPORTED_FORMAT', 'is compressed in a way Limner does not read');
  if (isTruncated(bytes, format)) return error('TRUNCATED_PICTURE', 'ends too early');
  return error('CORRUPT_PICTURE', 'is damaged and cannot be decoded');
}
