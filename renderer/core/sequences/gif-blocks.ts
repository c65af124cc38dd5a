/** The structure of a GIF (GIF89a specification, W3C 1990). */

export const [GIF_EXTENSION, GIF_IMAGE, GIF_TRAILER] = [0x21, 0x2c, 0x3b];

const tableSize = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** Where the first block begins: after header, screen and global colours. */
export const gifPrelude = (gif: Uint8Array): number => 13 + tableSize(gif[10]);

/** Extensions and pictures, one after another, as far as they can be read; `end` may be past the file's. */
export function* gifBlocks(gif: Uint8Array): Generator<{ readonly start: number; readonly end: number }> {
  let start = gifPrelude(gif);
  while (gif[start] === GIF_EXTENSION || gif[start] === GIF_IMAGE) {
    const isImage = gif[start] === GIF_IMAGE;
    let end = isImage ? start + 11 + tableSize(gif[start + 9]) : start + 2;
    while (end < gif.length && gif[end] !== 0) end += gif[end] + 1;
    yield { start, end: ++end };
    start = end;
  }
}
