/** Pictures to bytes. Nothing of the portrait's metadata is carried over, least of all where it was taken. */
import { extname } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { LimnerError } from '../../../models/errors.ts';
import { clearHidden } from '../../../models/image/bleed.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { PIPE } from '../files/standard-streams.ts';
import type { Gamut } from './colour/gamut.ts';
import { writeProfile } from './colour/write-profile.ts';

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

export interface EncodeOptions {
  /** A packet to carry; the file has no other metadata than this and its profile. */
  readonly xmp?: string;
  /** Of the picture's codes; default sRGB. */
  readonly gamut?: Gamut;
}

/** A file that says what its colours are. JPEG has no alpha: transparent pixels turn white; elsewhere nothing lies under alpha 0. */
export async function encodePicture(
  picture: Picture,
  format: OutputFormat,
  { xmp, gamut }: EncodeOptions = {},
): Promise<Uint8Array> {
  const cleared = clearHidden(picture);
  const pixels = gamut ? await withGamut(cleared, gamut) : rawPixels(cleared).withIccProfile('srgb');
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

const rawPixels = ({ width, height, data }: Picture): Sharp =>
  sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false });

/** Bytes of a PNG before the chunk that follows its header. */
const PNG_HEADER = 33;

/** sharp writes a profile without converting to it only if that came with the picture: in a PNG that is not compressed. */
async function withGamut(picture: Picture, gamut: Gamut): Promise<Sharp> {
  const png = await rawPixels(picture).png({ compressionLevel: 0 }).toBuffer();
  const chunk = profileChunk(writeProfile(gamut));
  const file = Buffer.concat([png.subarray(0, PNG_HEADER), chunk, png.subarray(PNG_HEADER)]);
  return sharp(file, { limitInputPixels: false }).keepIccProfile();
}

/** iCCP of the PNG specification, third edition, 11.3.2.3. */
function profileChunk(profile: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from('iCCPICC profile\0\0', 'latin1'), deflateSync(profile)]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length - 4, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

function isOpaque({ data }: Picture): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
}
