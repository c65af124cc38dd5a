/** Pictures whose colours libvips would take for something else: decoded to plain samples, turned into sRGB here. */
import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp';
import { LimnerError } from '../../../../models/errors.ts';
import type { Picture } from '../../../../models/image/picture.ts';
import type { PictureFormat } from '../sniff-format.ts';
import { labToSrgb, readLabTiff } from './lab-tiff.ts';
import type { Samples } from './light-to-srgb.ts';
import { greyConverter, rgbConverter } from './profile-curves.ts';
import { asStored, readSamples } from './read-samples.ts';
import { signalOf } from './signal.ts';
import { signalToSrgb } from './signal-to-srgb.ts';

export interface PictureFile {
  readonly name: string;
  readonly format: PictureFormat;
  readonly bytes: Uint8Array;
}

/** Null for the many pictures that libvips reads as they are meant. @throws UNSUPPORTED_FORMAT */
export async function decodeOwnColours(
  file: PictureFile,
  header: Metadata,
  options: SharpOptions,
): Promise<Picture | null> {
  const convert = converterFor(file, header);
  if (!convert) return null;
  const read = convert.read ?? ((input: Sharp) => asStored(input, header));
  const input = sharp(convert.bytes ?? file.bytes, { ...options, ignoreIcc: convert.read === undefined });
  const samples = await readSamples(read(input), header);
  return { width: samples.width, height: samples.height, data: convert.toSrgb(samples) };
}

interface Converter {
  /** What to decode instead of the file. */
  readonly bytes?: Uint8Array;
  /** By default what comes in is decoded without any profile. */
  readonly read?: (input: Sharp) => Sharp;
  readonly toSrgb: (samples: Samples) => Uint8ClampedArray;
}

function converterFor({ name, format, bytes }: PictureFile, { space, icc }: Metadata): Converter | null {
  const lab = format === 'tiff' ? readLabTiff(bytes) : null;
  if (lab) return { bytes: lab.bytes, toSrgb: ({ data, channels }) => labToSrgb(data, channels, lab) };
  const signal = signalOf(bytes, format, icc);
  if (signal === 'unknown') throw unread(name, 'names colours (cICP or nclx) that Limner does not know');
  if (signal) return { toSrgb: (samples) => signalToSrgb(samples, signal) };
  if (space === 'cmyk' && !icc) return { toSrgb: inksToSrgb };
  if (space === 'rgb16' && icc) {
    const toSrgb = rgbConverter(icc);
    return toSrgb ? { toSrgb } : { read: throughProfile, toSrgb: narrow };
  }
  if (space !== 'grey16' || !icc) return null;
  const toSrgb = greyConverter(icc);
  if (!toSrgb) throw unread(name, 'has a profile for grey that is not a curve');
  return { toSrgb };
}

const unread = (name: string, what: string) => new LimnerError('UNSUPPORTED_FORMAT', `${name} ${what}.`);

/** sharp leaves 16 bits that have a profile in P3, unless it is asked for another. */
const throughProfile = (input: Sharp): Sharp => input.toColourspace('rgb16').withIccProfile('srgb');

function narrow({ width, height, channels, top, data }: Samples): Uint8ClampedArray {
  const out = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let k = 0, s = 0; k < out.length; k += 4, s += channels) {
    for (let c = 0; c < channels; c++) out[k + c] = (255 * data[s + c]) / top;
  }
  return out;
}

/** Inks of no known press: each takes its complement of light away, as in every browser. */
function inksToSrgb({ width, height, channels, top, data }: Samples): Uint8ClampedArray {
  const out = new Uint8ClampedArray(width * height * 4);
  for (let k = 0, s = 0; k < out.length; k += 4, s += channels) {
    const light = (255 * (top - data[s + 3])) / top;
    for (let c = 0; c < 3; c++) out[k + c] = (light * (top - data[s + c])) / top;
    out[k + 3] = channels > 4 ? (255 * data[s + 4]) / top : 255;
  }
  return out;
}
