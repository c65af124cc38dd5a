/** Gamuts wider than sRGB's: which one a picture has, its pixels in it, and the profile that says so. */
import type { Metadata, SharpOptions } from 'sharp';
import sharp from 'sharp';
import type { Picture } from '../../../../models/image/picture.ts';
import { lightOf, lightToSrgb, type Samples } from './light-to-srgb.ts';
import type { PictureFile } from './own-colours.ts';
import { IDENTITY, type Matrix, PRIMARIES, primaries, toLinearSrgb } from './primaries.ts';
import { readRgbProfile } from './profile-curves.ts';
import { asStored, readSamples } from './read-samples.ts';
import { signalOf } from './signal.ts';
import { signalToSrgb } from './signal-to-srgb.ts';

/** RGB of other primaries than sRGB's, white at D65, under sRGB's curve. */
export interface Gamut {
  readonly name: string;
  /** Its linear light to that of sRGB. */
  readonly toSrgb: Matrix;
}

export interface WidePicture {
  readonly gamut: Gamut;
  /** Codes of that gamut. */
  readonly picture: Picture;
}

/**
 * A picture in the primaries that its file names, by a profile of curves and a matrix, by cICP, nclx or cHRM. Null where these reach
 * nowhere beyond sRGB's, and for files that have none: CMYK, CIELab, grey, profiles of tables.
 */
export async function decodeWide(
  file: PictureFile,
  header: Metadata,
  options: SharpOptions,
): Promise<WidePicture | null> {
  const source = wideSource(file, header);
  if (!source) return null;
  const input = sharp(file.bytes, { ...options, ignoreIcc: true });
  const samples = await readSamples(asStored(input, header), header);
  const { width, height } = samples;
  return { gamut: gamutOf(source.toSrgb), picture: { width, height, data: source.codes(samples) } };
}

interface WideSource {
  readonly toSrgb: Matrix;
  readonly codes: (samples: Samples) => Uint8ClampedArray;
}

const RGB_SPACES = ['srgb', 'rgb', 'rgb16'];

function wideSource({ bytes, format }: PictureFile, { space, icc }: Metadata): WideSource | null {
  const signal = signalOf(bytes, format, icc);
  if (!RGB_SPACES.includes(space) || signal === 'unknown') return null;
  if (signal) {
    const toSrgb = toLinearSrgb(signal.primaries);
    return isWide(toSrgb) ? { toSrgb, codes: (samples) => signalToSrgb(samples, signal, IDENTITY) } : null;
  }
  const profile = icc && readRgbProfile(icc);
  if (!profile || !isWide(profile.toSrgb)) return null;
  const codes = (samples: Samples) =>
    lightToSrgb(lightOf(samples, profile.tables(samples.top)), IDENTITY, samples);
  return { toSrgb: profile.toSrgb, codes };
}

/** Less light than this below black is rounding of profiles that mean sRGB. */
const ROUNDING = 0.01;

/** Whether a primary has less than no light of one of sRGB's. */
const isWide = (toSrgb: Matrix): boolean => toSrgb.flat().some((share) => share < -ROUNDING);

/** Adobe RGB (1998), section 4.3.1. */
const ADOBE_RGB = primaries([0.64, 0.33], [0.21, 0.71], [0.15, 0.06]);
/** P3 under sRGB's curve is what everybody calls Display P3. */
const NAMES: readonly [string, Matrix][] = [
  ['Display P3', toLinearSrgb(PRIMARIES[12])],
  ['Rec. 2020 primaries', toLinearSrgb(PRIMARIES[9])],
  ['Adobe RGB primaries', toLinearSrgb(ADOBE_RGB)],
];

function gamutOf(toSrgb: Matrix): Gamut {
  const isNear = (other: Matrix) =>
    toSrgb.every((row, i) => row.every((share, j) => Math.abs(share - other[i][j]) < ROUNDING));
  const [name] = NAMES.find(([, other]) => isNear(other)) ?? ['Wide gamut'];
  return { name, toSrgb };
}
