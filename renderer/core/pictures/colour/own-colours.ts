/** Pictures whose colours libvips would take for something else: decoded to plain samples, turned into sRGB here. */
import sharp, { type Metadata, type SharpOptions } from 'sharp';
import { LimnerError } from '../../../../models/errors.ts';
import type { Picture } from '../../../../models/image/picture.ts';
import type { PictureFormat } from '../sniff-format.ts';
import { greyTable } from './grey-profile.ts';
import { labToSrgb, readLabTiff } from './lab-tiff.ts';
import { signalOf } from './signal.ts';
import { signalToSrgb } from './signal-to-srgb.ts';

interface PictureFile {
  readonly name: string;
  readonly format: PictureFormat;
  readonly bytes: Uint8Array;
}

interface Samples {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** The largest code. */
  readonly top: number;
  readonly data: Uint8Array | Uint16Array;
}

/** Null for the many pictures that libvips reads as they are meant. @throws UNSUPPORTED_FORMAT */
export async function decodeOwnColours(
  file: PictureFile,
  header: Metadata,
  options: SharpOptions,
): Promise<Picture | null> {
  const convert = converterFor(file, header);
  if (!convert) return null;
  const samples = await readSamples(convert.bytes ?? file.bytes, header, options);
  return { width: samples.width, height: samples.height, data: convert.toSrgb(samples) };
}

interface Converter {
  /** What to decode instead of the file. */
  readonly bytes?: Uint8Array;
  readonly toSrgb: (samples: Samples) => Uint8ClampedArray;
}

function converterFor({ name, format, bytes }: PictureFile, { space, icc }: Metadata): Converter | null {
  const lab = format === 'tiff' ? readLabTiff(bytes) : null;
  if (lab) return { bytes: lab.bytes, toSrgb: ({ data, channels }) => labToSrgb(data, channels, lab) };
  const signal = signalOf(bytes, format, icc);
  if (signal === 'unknown') throw unread(name, 'names colours (cICP or nclx) that Limner does not know');
  if (signal)
    return { toSrgb: ({ data, channels, top }) => signalToSrgb(data, channels, top, signal) };
  if (space !== 'grey16' || !icc) return null;
  const table = greyTable(icc);
  if (!table) throw unread(name, 'has a profile for grey that is not a curve');
  return { toSrgb: (samples) => greyToSrgb(samples, table) };
}

const unread = (name: string, what: string) => new LimnerError('UNSUPPORTED_FORMAT', `${name} ${what}.`);

/** As the file holds them, no profile applied. */
async function readSamples(bytes: Uint8Array, header: Metadata, options: SharpOptions): Promise<Samples> {
  const { space, depth, bitsPerSample = 8 } = header;
  const isWide = depth === 'ushort';
  const { data, info } = await sharp(bytes, { ...options, ignoreIcc: true })
    .toColourspace(space)
    .raw({ depth: isWide ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (!isWide) return { width, height, channels, top: 255, data };
  // libvips moves 10 and 12 bits to the upper end of 16.
  const top = bitsPerSample > 8 && bitsPerSample < 16 ? ((1 << bitsPerSample) - 1) << (16 - bitsPerSample) : 65_535;
  const aligned = data.byteOffset % 2 === 0 ? data : Uint8Array.from(data);
  return {
    width,
    height,
    channels,
    top,
    data: new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 2),
  };
}

function greyToSrgb({ width, height, channels, data }: Samples, table: Uint8Array): Uint8ClampedArray {
  const out = new Uint8ClampedArray(width * height * 4);
  for (let k = 0, s = 0; k < out.length; k += 4, s += channels) {
    out.fill(table[data[s]], k, k + 3);
    out[k + 3] = channels > 1 ? data[s + channels - 1] / 257 : 255;
  }
  return out;
}
