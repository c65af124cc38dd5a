/**
 * Pictures from files: upright, 8-bit sRGB with alpha, whatever the file holds (EXIF orientation, grey, 16 bit, CMYK,
 * CIELab, HDR, embedded ICC profiles); visible colours lie under alpha 0. The header is checked before a pixel is decoded.
 * Several TIFF pages: the first one.
 */
import sharp, { type Metadata, type SharpOptions } from 'sharp';
import { type ErrorCode, LimnerError } from '../../../models/errors.ts';
import { bleedColours } from '../../../models/image/bleed.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { readFileBytes } from '../files/read-file.ts';
import { isHiddenAnimation } from './animation.ts';
import { decodeWide, type WidePicture } from './colour/gamut.ts';
import { readLabTiff } from './colour/lab-tiff.ts';
import { decodeOwnColours } from './colour/own-colours.ts';
import { mendJpeg } from './mend-jpeg.ts';
import { kindNotRead, type PictureFormat, sniffFormat } from './sniff-format.ts';
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
export async function decodePicture(
  bytes: Uint8Array,
  name: string,
  { maxPixels = DEFAULT_MAX_PIXELS }: ReadOptions = {},
): Promise<Picture> {
  return (await decodeFile(bytes, name, maxPixels)).picture;
}

/** A picture, and the same in the gamut of its file; null where that is sRGB or names no primaries. */
export interface SourcePicture {
  readonly picture: Picture;
  readonly wide: WidePicture | null;
}

/** Which colours a result has: sRGB's, or all that its source can have. */
export const GAMUTS = ['srgb', 'source'] as const;
export type GamutChoice = (typeof GAMUTS)[number];

/** @throws as `decodePicture` */
export async function decodeSource(
  bytes: Uint8Array,
  name: string,
  { maxPixels = DEFAULT_MAX_PIXELS, gamut = 'srgb' }: ReadOptions & { readonly gamut?: GamutChoice } = {},
): Promise<SourcePicture> {
  const { picture, file, header } = await decodeFile(bytes, name, maxPixels);
  if (gamut === 'srgb') return { picture, wide: null };
  const options = { limitInputPixels: maxPixels, autoOrient: true, failOn: 'error' } satisfies SharpOptions;
  const wide = await decodeWide(file, header, options);
  return { picture, wide: wide && { ...wide, picture: bleedColours(wide.picture) } };
}

async function decodeFile(bytes: Uint8Array, name: string, maxPixels: number) {
  const file = openFile(bytes, name);
  const header = await readHeader(file);
  checkHeader(header, file, maxPixels);
  try {
    return { picture: bleedColours(await decode(file, header, maxPixels)), file, header };
  } catch (cause) {
    throw unreadable(cause, file);
  }
}

/** Fast rather than small. */
const PNG_EFFORT = { compressionLevel: 3 };

/**
 * The same pixels as a PNG without any metadata, whatever the file was.
 * @throws as `decodePicture`
 */
export async function normalisePicture(
  bytes: Uint8Array,
  name: string,
  options: ReadOptions = {},
): Promise<{ png: Uint8Array; width: number; height: number }> {
  const { width, height, data } = await decodePicture(bytes, name, options);
  const pixels = sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false });
  const { isOpaque } = await pixels.stats();
  const png = await (isOpaque ? pixels.removeAlpha() : pixels).png(PNG_EFFORT).toBuffer();
  return { png, width, height };
}

/** A file whose kind is known, as the decoder gets it. */
interface PictureFile {
  readonly name: string;
  readonly format: PictureFormat;
  readonly original: Uint8Array;
  readonly bytes: Uint8Array;
  readonly isCut: boolean;
}

/** @throws UNSUPPORTED_FORMAT, ANIMATED_PICTURE */
function openFile(original: Uint8Array, name: string): PictureFile {
  const format = sniffFormat(original);
  const other = kindNotRead(original);
  if (!format || other) throw unsupported(name, other ? `is ${other}` : 'is not a picture that Limner reads');
  if (isHiddenAnimation(original, format)) throw animated(name);
  if (format !== 'jpeg') return { name, format, original, bytes: original, isCut: false };
  const { bytes, isCut, obstacle } = mendJpeg(original);
  if (obstacle) throw unsupported(name, `is ${obstacle}`);
  return { name, format, original, bytes, isCut };
}

/** What a decoder may warn of without having lost a pixel: bytes between the last scan and the end. */
const HARMLESS = /^(VipsJpeg: Corrupt JPEG data: \d+ extraneous bytes before marker 0xd9\s*)+$/;

/** Upright, 8-bit sRGB. */
async function decode(file: PictureFile, header: Metadata, maxPixels: number): Promise<Picture> {
  const options = { limitInputPixels: maxPixels, autoOrient: true } satisfies SharpOptions;
  try {
    return await decodeColours(file, header, options);
  } catch (cause) {
    if (!(cause instanceof Error && HARMLESS.test(cause.message))) throw cause;
    return decodeColours(file, header, { ...options, failOn: 'error' });
  }
}

async function decodeColours(file: PictureFile, header: Metadata, options: SharpOptions): Promise<Picture> {
  const own = await decodeOwnColours(file, header, options);
  if (own) return own;
  const { data, info } = await sharp(file.bytes, options)
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const samples = new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength);
  return { width: info.width, height: info.height, data: samples };
}

async function readHeader(file: PictureFile): Promise<Metadata> {
  try {
    const lab = file.format === 'tiff' ? readLabTiff(file.bytes) : null;
    return await sharp(lab?.bytes ?? file.bytes, { limitInputPixels: false, failOn: 'error' }).metadata();
  } catch (cause) {
    throw unreadable(cause, file);
  }
}

function checkHeader(header: Metadata, { format, name }: PictureFile, maxPixels: number): void {
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
const UNKNOWN_CODEC = /unsupported (codec|feature|jpeg)|not (supported|implemented)/i;

const unsupported = (name: string, what: string) => new LimnerError('UNSUPPORTED_FORMAT', `${name} ${what}.`);

/** Why decoding failed, from the words of libvips and its decoders and from the file's structure. */
function unreadable(cause: unknown, { name, format, original, isCut }: PictureFile): LimnerError {
  if (cause instanceof LimnerError) return cause;
  const words = cause instanceof Error ? cause.message : '';
  const error = (code: ErrorCode, what: string) => new LimnerError(code, `${name} ${what}.`, { cause });
  if (TOO_LARGE.test(words)) return error('TOO_MANY_PIXELS', 'is too large to decode');
  if (UNKNOWN_CODEC.test(words))
    return error('UNSUPPORTED_FORMAT', 'is compressed in a way Limner does not read');
  const isTooShort = format === 'jpeg' ? isCut : isTruncated(original, format);
  if (isTooShort) return error('TRUNCATED_PICTURE', 'ends too early');
  return error('CORRUPT_PICTURE', 'is damaged and cannot be decoded');
}
