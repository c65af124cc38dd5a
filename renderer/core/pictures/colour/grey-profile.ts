/** Grey ICC profiles for 16-bit samples, which libvips leaves alone. */
import { profileTag } from './signal.ts';
import { srgbCode } from './transfer.ts';

type Curve = (value: number) => number;

/** The 8-bit sRGB code of each 16-bit grey; null for a profile that is not a curve. */
export function greyTable(icc: Uint8Array): Uint8Array | null {
  const tag = profileTag(icc, 'kTRC');
  const curve = tag && readCurve(tag);
  if (!curve) return null;
  const isLab = String.fromCharCode(...icc.subarray(20, 24)) === 'Lab ';
  const light: Curve = isLab ? (value) => luminance(curve(value)) : curve;
  return Uint8Array.from({ length: 65_536 }, (_, code) => srgbCode(light(code / 65_535)));
}

/** Luminance 0..1 of a lightness 0..1. */
const luminance = (l: number) => (l > 0.08 ? ((100 * l + 16) / 116) ** 3 : (100 * l * 27) / 24_389);

/** curveType and parametricCurveType of ICC.1:2022, 10.6 and 10.18. */
function readCurve(tag: DataView): Curve | null {
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
