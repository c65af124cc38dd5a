/**
 * ICC profiles of curves, for 16-bit samples: sharp leaves grey ones alone, and RGB ones in the primaries of P3.
 */
import { lightOf, lightToSrgb, type Samples } from './light-to-srgb.ts';
import { D50, type Matrix, multiply, xyzToLinearSrgb } from './primaries.ts';
import { profileTag } from './signal.ts';
import { srgbCode } from './transfer.ts';

type Curve = (value: number) => number;

type Converter = (samples: Samples) => Uint8ClampedArray;

const TOP = 65_535;

/** Null for a profile that is not a curve. */
export function greyConverter(icc: Uint8Array): Converter | null {
  const curve = readCurve(profileTag(icc, 'kTRC'));
  if (!curve) return null;
  const isLab = String.fromCharCode(...icc.subarray(20, 24)) === 'Lab ';
  const table = tableOf(isLab ? (value) => luminance(curve(value)) : curve, TOP, srgbCode);
  return ({ channels, data }) => {
    const out = new Uint8ClampedArray((data.length / channels) * 4);
    for (let k = 0, s = 0; k < out.length; k += 4, s += channels) {
      out.fill(table[data[s]], k, k + 3);
      out[k + 3] = channels > 1 ? (255 * data[s + channels - 1]) / TOP : 255;
    }
    return out;
  };
}

/** Three curves and a matrix. */
export interface RgbProfile {
  /** The light of each code 0..top, of red, green and blue. */
  readonly tables: (top: number) => Float32Array[];
  /** Its linear light to that of sRGB. */
  readonly toSrgb: Matrix;
}

/** Null for a profile of another kind. */
export function readRgbProfile(icc: Uint8Array): RgbProfile | null {
  if (profileTag(icc, 'A2B0')) return null;
  const curves = ['rTRC', 'gTRC', 'bTRC'].map((name) => readCurve(profileTag(icc, name)));
  const colorants = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => readXyz(profileTag(icc, name)));
  if (!curves.every((curve) => curve !== null) || !colorants.every((xyz) => xyz !== null)) return null;
  const columns = [0, 1, 2].map((row) => colorants.map((xyz) => xyz[row])) as unknown as Matrix;
  return {
    tables: (top) => curves.map((curve) => tableOf(curve, top)),
    toSrgb: multiply(xyzToLinearSrgb(D50), columns),
  };
}

/** Null for a profile that is not three curves and a matrix. */
export function rgbConverter(icc: Uint8Array): Converter | null {
  const profile = readRgbProfile(icc);
  if (!profile) return null;
  const tables = profile.tables(TOP);
  return (samples) => lightToSrgb(lightOf(samples, tables), profile.toSrgb, samples);
}

/** Of every code 0..top. */
const tableOf = (curve: Curve, top: number, then: Curve = (value) => value): Float32Array =>
  Float32Array.from({ length: top + 1 }, (_, code) => then(curve(code / top)));

/** XYZType of ICC.1:2022, 10.31. */
function readXyz(tag: DataView | null): readonly number[] | null {
  if (!tag || tag.byteLength < 20) return null;
  return [8, 12, 16].map((at) => tag.getInt32(at) / 65_536);
}

/** Luminance 0..1 of a lightness 0..1. */
const luminance = (l: number) => (l > 0.08 ? ((100 * l + 16) / 116) ** 3 : (100 * l * 27) / 24_389);

/** curveType and parametricCurveType of ICC.1:2022, 10.6 and 10.18. */
function readCurve(tag: DataView | null): Curve | null {
  if (!tag || tag.byteLength < 12) return null;
  const type = String.fromCharCode(...[0, 1, 2, 3].map((i) => tag.getUint8(i)));
  if (type === 'curv') return readTable(tag);
  return type === 'para' ? readParametric(tag) : null;
}

function readTable(tag: DataView): Curve | null {
  const count = tag.getUint32(8);
  if (12 + 2 * count > tag.byteLength) return null;
  if (count === 0) return (value) => value;
  if (count === 1) return (value) => value ** (tag.getUint16(12) / 256);
  const entry = (i: number) => tag.getUint16(12 + 2 * Math.min(i, count - 1)) / 65_535;
  return (value) => {
    const at = value * (count - 1);
    const i = Math.floor(at);
    return entry(i) + (at - i) * (entry(i + 1) - entry(i));
  };
}

/** Parameters of each function type. */
const PARAMETERS = [1, 3, 4, 5, 7];

function readParametric(tag: DataView): Curve | null {
  const kind = tag.getUint16(8);
  const count = PARAMETERS[kind];
  if (count === undefined || 12 + 4 * count > tag.byteLength) return null;
  const [g, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from(
    { length: count },
    (_, i) => tag.getInt32(12 + 4 * i) / 65_536,
  );
  const power: Curve = (x) => Math.max(0, a * x + b) ** g;
  switch (kind) {
    case 0:
      return power;
    case 1:
      return (x) => (x >= -b / a ? power(x) : 0);
    case 2:
      return (x) => (x >= -b / a ? power(x) : 0) + c;
    case 3:
      return (x) => (x >= d ? power(x) : c * x);
    default:
      return (x) => (x >= d ? power(x) + e : c * x + f);
  }
}
