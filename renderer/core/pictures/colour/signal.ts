/** What a file says of its colours beside an ICC profile: cICP, gAMA and cHRM of PNG, nclx of AVIF, cicp of a profile. */
import type { PictureFormat } from '../sniff-format.ts';
import { type Cicp, nclxOf } from './nclx.ts';
import { type Chromaticities, PRIMARIES } from './primaries.ts';
import type { Transfer } from './transfer.ts';

/** Red, green and blue of which samples are made, and how they become light. */
export interface Signal {
  readonly primaries: Chromaticities;
  readonly transfer: Transfer;
}

/** Null where a profile decides or nothing differs from sRGB; 'unknown' where the file names what nobody here knows. */
export function signalOf(
  bytes: Uint8Array,
  format: PictureFormat,
  icc: Uint8Array | undefined,
): Signal | null | 'unknown' {
  if (format === 'png') return pngSignal(bytes, icc);
  const inProfile = icc && profileCicp(icc);
  if (inProfile) return signalFrom(inProfile);
  const named = format === 'avif' && !icc ? nclxOf(bytes) : null;
  // The matrix and range of nclx are the decoder's; what comes out of it is full range.
  return named && signalFrom({ ...named, isFullRange: true });
}

/** H.273 table 2; BT.709 and its kin are shown as sRGB is, as every browser does with pictures. */
const LIKE_SRGB = [1, 2, 6, 13, 14, 15];
const TRANSFERS: Readonly<Record<number, Transfer>> = {
  4: { gamma: 2.2 },
  5: { gamma: 2.8 },
  8: { gamma: 1 },
  16: 'pq',
  17: { gamma: 2.6 },
  18: 'hlg',
};
const UNSPECIFIED = 2;
const BT709 = 1;

function signalFrom({ primaries, transfer, isFullRange }: Cicp): Signal | null | 'unknown' {
  const isSrgb = LIKE_SRGB.includes(transfer);
  const code = primaries === UNSPECIFIED ? BT709 : primaries;
  if (isSrgb && code === BT709 && isFullRange) return null;
  const named = { primaries: PRIMARIES[code], transfer: isSrgb ? 'srgb' : TRANSFERS[transfer] };
  return named.primaries && named.transfer && isFullRange ? (named as Signal) : 'unknown';
}

/** The order of the PNG specification, third edition: cICP, iCCP, sRGB, gAMA with cHRM. */
function pngSignal(bytes: Uint8Array, icc: Uint8Array | undefined): Signal | null | 'unknown' {
  const chunks = pngHeaderChunks(bytes);
  const cicp = chunks.get('cICP');
  if (cicp && cicp.byteLength >= 4) {
    const [primaries, transfer, , range] = [0, 1, 2, 3].map((at) => cicp.getUint8(at));
    return signalFrom({ primaries, transfer, isFullRange: range === 1 });
  }
  const inProfile = icc && profileCicp(icc);
  if (inProfile) return signalFrom(inProfile);
  if (chunks.has('iCCP') || chunks.has('sRGB')) return null;
  return gammaSignal(chunks.get('gAMA'), chunks.get('cHRM'));
}

/** gAMA of what is coded as sRGB, and how far from it still means the same; both times 100,000. */
const SRGB_GAMMA = 45_455;
const SAME_GAMMA = 1000;

function gammaSignal(gama: DataView | undefined, chrm: DataView | undefined): Signal | null {
  if (!gama || gama.byteLength < 4) return null;
  const gamma = gama.getUint32(0);
  const isSrgb = Math.abs(gamma - SRGB_GAMMA) < SAME_GAMMA || gamma === 0;
  const [white, red, green, blue] = [0, 1, 2, 3].map((i) =>
    chrm && chrm.byteLength >= 32
      ? ([chrm.getUint32(8 * i) / 1e5, chrm.getUint32(8 * i + 4) / 1e5] as const)
      : null,
  );
  const isUsable = white && red && green && blue && white[1] > 0;
  const primaries = isUsable ? { red, green, blue, white } : PRIMARIES[BT709];
  const isPlain = isSrgb && areNear(primaries, PRIMARIES[BT709]);
  return isPlain ? null : { primaries, transfer: isSrgb ? 'srgb' : { gamma: 1e5 / gamma } };
}

/** Chromaticities that differ by rounding alone. */
const areNear = (a: Chromaticities, b: Chromaticities): boolean =>
  (['red', 'green', 'blue', 'white'] as const).every((name) =>
    [0, 1].every((i) => Math.abs(a[name][i] - b[name][i]) < 0.002),
  );

/** Bodies of the chunks before the first IDAT. */
function pngHeaderChunks(bytes: Uint8Array): Map<string, DataView> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = new Map<string, DataView>();
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === 'IDAT' || at + 12 + length > bytes.length) break;
    chunks.set(type, new DataView(bytes.buffer, bytes.byteOffset + at + 8, length));
    at += 12 + length;
  }
  return chunks;
}

/** The cicp tag of ICC.1:2022, which profiles of HDR signals have; null without one. */
function profileCicp(icc: Uint8Array): Cicp | null {
  const tag = profileTag(icc, 'cicp');
  if (!tag || tag.byteLength < 12) return null;
  return { primaries: tag.getUint8(8), transfer: tag.getUint8(9), isFullRange: tag.getUint8(11) === 1 };
}

/** The element of a tag in an ICC profile, its type signature first. */
export function profileTag(icc: Uint8Array, name: string): DataView | null {
  const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
  if (icc.length < 132) return null;
  for (let i = 0, at = 132; i < view.getUint32(128) && at + 12 <= icc.length; i++, at += 12) {
    if (String.fromCharCode(...icc.subarray(at, at + 4)) !== name) continue;
    const [start, length] = [view.getUint32(at + 4), view.getUint32(at + 8)];
    return start + length <= icc.length ? new DataView(icc.buffer, icc.byteOffset + start, length) : null;
  }
  return null;
}
