/** CIELab in TIFF (TIFF 6.0, section 23), which libvips cannot read with three samples of 8 bits. */
import { D50, whiteXyz, xyzToLinearSrgb } from './primaries.ts';
import { srgbCode } from './transfer.ts';

/** Tags of TIFF 6.0. */
const PHOTOMETRIC = 262;
const WHITE_POINT = 318;
const RGB = 2;
/** CIELab has a and b with a sign, ICCLab from 0. */
const CIELAB = 8;
const ICCLAB = 9;

export interface LabTiff {
  /** The same file, said to be RGB, so that its samples come out as they are. */
  readonly bytes: Uint8Array;
  readonly isSigned: boolean;
  /** CIE 1931 chromaticity. */
  readonly white: readonly [number, number];
}

/** Null for any other TIFF, BigTIFF included. */
export function readLabTiff(bytes: Uint8Array): LabTiff | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittle = bytes[0] === 0x49;
  try {
    const tags = tagsOf(view, isLittle);
    const at = tags.get(PHOTOMETRIC);
    const kind = at === undefined ? 0 : view.getUint16(at, isLittle);
    if (at === undefined || (kind !== CIELAB && kind !== ICCLAB)) return null;
    const copy = Uint8Array.from(bytes);
    new DataView(copy.buffer).setUint16(at, RGB, isLittle);
    return { bytes: copy, isSigned: kind === CIELAB, white: whiteOf(view, tags.get(WHITE_POINT), isLittle) };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Where the values of the first page's tags lie, or their addresses. */
function tagsOf(view: DataView, isLittle: boolean): Map<number, number> {
  const start = view.getUint32(4, isLittle);
  const count = view.getUint16(start, isLittle);
  const entries = Array.from({ length: count }, (_, i) => start + 2 + 12 * i);
  return new Map(entries.map((at) => [view.getUint16(at, isLittle), at + 8]));
}

function whiteOf(view: DataView, at: number | undefined, isLittle: boolean): readonly [number, number] {
  if (at === undefined) return D50;
  const from = view.getUint32(at, isLittle);
  const rational = (i: number) =>
    view.getUint32(from + 8 * i, isLittle) / view.getUint32(from + 8 * i + 4, isLittle);
  const [x, y] = [rational(0), rational(1)];
  return x > 0 && y > 0 && x + y < 1 ? [x, y] : D50;
}

/**
 * Samples of a Lab file as 8-bit sRGB with alpha.
 * @param samples interleaved, of 8 or 16 bits; the first three channels are L, a and b, a fourth is alpha
 */
export function labToSrgb(
  samples: Uint8Array | Uint16Array,
  channels: number,
  { isSigned, white }: LabTiff,
): Uint8ClampedArray {
  const top = samples instanceof Uint16Array ? 65_535 : 255;
  const unit = (top + 1) / 256;
  const chroma = (code: number) => {
    if (!isSigned) return code / unit - 128;
    return (code > top >> 1 ? code - top - 1 : code) / unit;
  };
  const [wx, wy, wz] = whiteXyz(white);
  const matrix = xyzToLinearSrgb(white);
  const out = new Uint8ClampedArray((samples.length / channels) * 4);
  for (let i = 0, k = 0; k < out.length; i += channels, k += 4) {
    const fy = ((100 * samples[i]) / top + 16) / 116;
    const x = wx * inverse(fy + chroma(samples[i + 1]) / 500);
    const y = wy * inverse(fy);
    const z = wz * inverse(fy - chroma(samples[i + 2]) / 200);
    for (let c = 0; c < 3; c++) out[k + c] = srgbCode(matrix[c][0] * x + matrix[c][1] * y + matrix[c][2] * z);
    out[k + 3] = channels > 3 ? (255 * samples[i + 3]) / top : 255;
  }
  return out;
}

/** The inverse of CIE's f. */
const inverse = (f: number) => (f > 6 / 29 ? f ** 3 : (116 * f - 16) * (27 / 24_389));
