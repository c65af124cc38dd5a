/**
 * Raw pictures with their times as a Matroska stream (RFC 9559, codec V_UNCOMPRESSED), which FFmpeg reads from a pipe: so
 * a variable frame rate gets there as it is.
 */
import type { Picture } from '../../../models/image/picture.ts';

/** Nanoseconds a tick: 1/10 ms. */
const SCALE = 100_000;
const PER_SECOND = 1e9 / SCALE;

const EBML = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const TRACKS = 0x1654ae6b;
const CLUSTER = 0x1f43b675;

export function matroskaHeader(width: number, height: number): Uint8Array {
  const head = element(EBML, [
    ...[number(0x4286, 1), number(0x42f7, 1), number(0x42f2, 4), number(0x42f3, 8)],
    ...[text(0x4282, 'matroska'), number(0x4287, 4), number(0x4285, 2)],
  ]);
  const video = element(0xe0, [number(0xb0, width), number(0xba, height), text(0x2eb524, 'RGBA')]);
  const track = element(0xae, [
    ...[number(0xd7, 1), number(0x73c5, 1), number(0x83, 1), number(0x9c, 0)],
    ...[text(0x86, 'V_UNCOMPRESSED'), video],
  ]);
  const info = element(INFO, [number(0x2ad7b1, SCALE), text(0x4d80, 'limner'), text(0x5741, 'limner')]);
  // A segment of unknown size: it ends where the stream does.
  const segment = Uint8Array.from([...bytesOf(SEGMENT), 0x01, ...Array<number>(7).fill(0xff)]);
  return Buffer.concat([head, segment, info, element(TRACKS, [track])]);
}

/** One picture in a cluster of its own. @param at seconds @param lasts seconds */
export function matroskaFrame({ data }: Picture, at: number, lasts: number): Uint8Array {
  const block = Buffer.concat([
    Uint8Array.of(0x81, 0, 0, 0x00),
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  ]);
  const group = element(0xa0, [
    element(0xa1, [block]),
    number(0x9b, Math.max(1, Math.round(lasts * PER_SECOND))),
  ]);
  return element(CLUSTER, [number(0xe7, Math.round(at * PER_SECOND)), group]);
}

function element(id: number, parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const size = new Uint8Array(8);
  new DataView(size.buffer).setBigUint64(0, BigInt(length) | (1n << 56n));
  return Buffer.concat([Uint8Array.from(bytesOf(id)), size, ...parts]);
}

const number = (id: number, value: number) => element(id, [Uint8Array.from(bytesOf(value))]);
const text = (id: number, value: string) => element(id, [new TextEncoder().encode(value)]);

/** Big-endian, without leading zeros. */
function bytesOf(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; rest > 0 || bytes.length === 0; rest = Math.floor(rest / 256))
    bytes.unshift(rest % 256);
  return bytes;
}
