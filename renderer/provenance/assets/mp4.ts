/**
 * Manifest stores in MP4 and MOV: a box of their own after the file type (C2PA specification 2.1, A.5; ISO/IEC 14496-12), and
 * the hash over all other boxes that goes with it (18.7: c2pa.hash.bmff).
 */
import { createHash } from 'node:crypto';
import type { Container } from './container-asset.ts';

/** Of the box that holds a store. */
const USER_TYPE = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');
/** Version and flags, the purpose, and where a Merkle tree would be. */
const PURPOSE = Buffer.from('\0\0\0\0manifest\0\0\0\0\0\0\0\0\0', 'latin1');
/** Bytes before the store: length, type, user type, purpose. */
const HEAD = 8 + USER_TYPE.length + PURPOSE.length;
/** Boxes that the hash leaves out beside the store: they change when files are served or cut. */
const NOT_HASHED = ['ftyp', 'mfra'];
/** Boxes on the way to the tables of offsets. */
const PARENTS = ['moov', 'trak', 'mdia', 'minf', 'stbl'];

interface Box {
  readonly type: string;
  readonly start: number;
  /** Of its content. */
  readonly content: number;
  readonly end: number;
}

const bufferOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** @throws where a box reaches past the end */
function* boxesIn(file: Buffer, from: number, to: number): Generator<Box> {
  for (let start = from; start < to; ) {
    if (start + 8 > to) throw new Error('Malformed MP4 (a box without a head)');
    const short = file.readUInt32BE(start);
    const isLong = short === 1 && start + 16 <= to;
    const length = isLong ? Number(file.readBigUInt64BE(start + 8)) : short === 0 ? to - start : short;
    const end = start + length;
    const content = start + (isLong ? 16 : 8);
    if (end < content || end > to) throw new Error('Malformed MP4 (a box reaches past the end)');
    yield { type: file.toString('latin1', start + 4, start + 8), start, content, end };
    start = end;
  }
}

const isStore = (file: Buffer, { type, content, end }: Box) =>
  type === 'uuid' && end - content >= 16 && file.compare(USER_TYPE, 0, 16, content, content + 16) === 0;

const canRead = (file: Uint8Array, isBrand: (brand: string) => boolean): boolean => {
  const text = bufferOf(file).toString('latin1', 4, 12);
  return text.startsWith('ftyp') && isBrand(text.slice(4));
};

export const MP4: Container = {
  mimeType: 'video/mp4',
  canRead: (file) => canRead(file, (brand) => /^(iso[m2-9]|mp4[12]|avc1)$/.test(brand)),
  find(bytes) {
    const file = bufferOf(bytes);
    return [...boxesIn(file, 0, file.length)]
      .filter((box) => isStore(file, box))
      .map(({ start, end }) => ({ start, length: end - start }));
  },
  placeFor(bytes) {
    const [first] = boxesIn(bufferOf(bytes), 0, bytes.length);
    return first.end;
  },
  wrap(store) {
    const box = Buffer.concat([Buffer.from('\0\0\0\0uuid', 'latin1'), USER_TYPE, PURPOSE, store]);
    box.writeUInt32BE(box.length);
    return box;
  },
  unwrap: (box) => box.subarray(HEAD),
  adjust: (file, at, by) => moveOffsets(bufferOf(file), 0, file.length, at, by),
};

export const MOV: Container = {
  ...MP4,
  mimeType: 'video/quicktime',
  canRead: (file) => canRead(file, (brand) => brand === 'qt  '),
};

/** Tables of offsets of samples (stco, co64), by what came before them. */
function moveOffsets(file: Buffer, from: number, to: number, at: number, by: number): void {
  for (const { type, content, end } of boxesIn(file, from, to)) {
    if (PARENTS.includes(type)) moveOffsets(file, content, end, at, by);
    const width = type === 'stco' ? 4 : type === 'co64' ? 8 : 0;
    if (width === 0) continue;
    const count = file.readUInt32BE(content + 4);
    for (let i = 0, entry = content + 8; i < count && entry + width <= end; i++, entry += width) {
      const offset = width === 4 ? BigInt(file.readUInt32BE(entry)) : file.readBigUInt64BE(entry);
      if (offset < at) continue;
      if (width === 4) file.writeUInt32BE(Number(offset) + by, entry);
      else file.writeBigUInt64BE(offset + BigInt(by), entry);
    }
  }
}

/** SHA-256 of a file's boxes, each after where it begins (8 bytes), but for the store and those that are never hashed. */
export function hashOfBoxes(bytes: Uint8Array): Uint8Array {
  const file = bufferOf(bytes);
  const hash = createHash('sha256');
  for (const box of boxesIn(file, 0, file.length)) {
    if (NOT_HASHED.includes(box.type) || isStore(file, box)) continue;
    const place = Buffer.alloc(8);
    place.writeBigUInt64BE(BigInt(box.start));
    hash.update(place).update(file.subarray(box.start, box.end));
  }
  return new Uint8Array(hash.digest());
}
