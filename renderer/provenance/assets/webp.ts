/** Manifest stores in WebP: a chunk of the RIFF file, the last one (C2PA specification 2.1, A.3.5). */
import type { Container, Span } from './container-asset.ts';

const NAME = 'C2PA';
/** Bytes of a chunk's name and length. */
const HEAD = 8;
/** Bytes before the first chunk. */
const START = 12;

const text = (file: Uint8Array, at: number) => String.fromCharCode(...file.subarray(at, at + 4));
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const WEBP: Container = {
  mimeType: 'image/webp',
  canRead: (file) => file.length >= START && text(file, 0) === 'RIFF' && text(file, 8) === 'WEBP',
  find(file) {
    const found: Span[] = [];
    for (let at = START; at < file.length; ) {
      if (at + HEAD > file.length) throw new Error('Malformed WebP (a chunk without a head)');
      const length = viewOf(file).getUint32(at + 4, true);
      const padded = HEAD + length + (length & 1);
      if (at + padded > file.length) throw new Error('Malformed WebP (a chunk reaches past the end)');
      if (text(file, at) === NAME) found.push({ start: at, length: padded });
      at += padded;
    }
    return found;
  },
  placeFor: (file) => file.length,
  wrap(store) {
    const chunk = new Uint8Array(HEAD + store.length + (store.length & 1));
    chunk.set(new TextEncoder().encode(NAME));
    viewOf(chunk).setUint32(4, store.length, true);
    chunk.set(store, HEAD);
    return chunk;
  },
  unwrap: (chunk) => chunk.subarray(HEAD, HEAD + viewOf(chunk).getUint32(4, true)),
  adjust: (file) => viewOf(file).setUint32(4, file.length - 8, true),
};
