/** Manifest stores in GIF: an application extension before the first picture (C2PA specification 2.1, A.3.3; GIF89a, W3C 1990). */
import { gifBlocks, gifPrelude } from '../../core/sequences/gif-blocks.ts';
import type { Container } from './container-asset.ts';

/** Introducer, label, length, identifier and authentication code. */
const HEAD = Uint8Array.from([0x21, 0xff, 11, ...new TextEncoder().encode('C2PA_GIF'), 1, 0, 0]);
/** Bytes of a block of data at most. */
const BLOCK = 255;

export const GIF: Container = {
  mimeType: 'image/gif',
  canRead: (file) => file.length > 13 && String.fromCharCode(...file.subarray(0, 6)) === 'GIF89a',
  find: (file) =>
    [...gifBlocks(file)]
      .filter(({ start }) => HEAD.every((byte, i) => file[start + i] === byte))
      .map(({ start, end }) => ({ start, length: end - start })),
  placeFor: gifPrelude,
  wrap(store) {
    const parts: number[] = [...HEAD];
    for (let at = 0; at < store.length; at += BLOCK) {
      const block = store.subarray(at, at + BLOCK);
      parts.push(block.length, ...block);
    }
    return Uint8Array.from([...parts, 0]);
  },
  unwrap(extension) {
    const blocks: Uint8Array[] = [];
    for (let at = HEAD.length; extension[at] > 0; at += 1 + extension[at])
      blocks.push(extension.subarray(at + 1, at + 1 + extension[at]));
    return new Uint8Array(Buffer.concat(blocks));
  },
  adjust: () => undefined,
};
