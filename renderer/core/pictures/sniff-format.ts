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

/** Kinds that people take for pictures Limner reads, by their first bytes. */
const OTHERS: readonly [string, number, string][] = [
  ['a HEIC picture', 4, 'ftyphei'],
  ['a HEIC picture', 4, 'ftyphev'],
  ['a JPEG XL picture', 0, '\xff\x0a'],
  ['a JPEG XL picture', 4, 'JXL '],
  ['a JPEG 2000 picture', 4, 'jP  '],
  ['a raw file of a camera', 4, 'ftypcrx'],
  ['a Photoshop file', 0, '8BPS'],
  ['a GIMP file', 0, 'gimp xcf'],
  ['a PDF', 0, '%PDF'],
  ['an icon', 0, '\0\0\x01\0'],
  ['an archive', 0, 'PK\x03\x04'],
  ['a PNG for iOS alone', 12, 'CgBI'],
  ['a pointer to a file of Git LFS', 0, 'version https://git-lfs'],
];
/** Of texts, which may begin with a byte order mark and white space. */
const TEXTS: readonly [string, RegExp][] = [
  ['an SVG file', /^<svg[\s>]/i],
  ['a web page', /^<(!doctype html|html|head|body)[\s>]/i],
  ['an XML file', /^<\?xml\s/i],
];

/** What a file is that Limner does not read, in words; null for whatever else. @param bytes the first 64 or more */
export function kindNotRead(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 64));
  // Two letters alone are no bitmap: a reserved field of zeros follows the length.
  if (head.startsWith('BM') && head.startsWith('\0\0\0\0', 6)) return 'a BMP picture';
  const hit = OTHERS.find(([, offset, magic]) => head.startsWith(magic, offset));
  if (hit) return hit[0];
  const text = head.replace(/^\xef\xbb\xbf/, '').trimStart();
  return TEXTS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/** The format of a file, or null when it is none that Limner reads (SVG, PDF, HEIC, text …). */
export function sniffFormat(bytes: Uint8Array): PictureFormat | null {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  const hit = MAGIC.find(([, offset, magic]) => head.startsWith(magic, offset));
  return hit ? hit[0] : null;
}
