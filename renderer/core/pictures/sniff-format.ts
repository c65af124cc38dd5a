/** What a file is, from its first bytes; names and extensions are not believed. */
export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'tiff' | 'avif';

const MAGIC: readonly [PictureFormat, number, string][] = [
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['jpeg', 0, '\xff\xd8\xff'],
  ['webp', 8, 'WEBP'],
  ['gif', 0, 'GIF8'],
  ['tiff', 0, 'II*\0'],
  ['tiff', 0, 'MM\0*'],
  ['tiff', 0, 'II+\0'],
  ['tiff', 0, 'MM\0+'],
  ['avif', 4, 'ftypavif'],
  ['avif', 4, 'ftypavis'],
  ['avif', 4, 'ftypmif1'],
];

/** The format of a file, or null when it is none that Limner reads (SVG, PDF, HEIC, text …). */
export function sniffFormat(bytes: Uint8Array): PictureFormat | null {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  const hit = MAGIC.find(([, offset, magic]) => head.startsWith(magic, offset));
  return hit ? hit[0] : null;
}
