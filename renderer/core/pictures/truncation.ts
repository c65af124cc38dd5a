import type { PictureFormat } from './sniff-format.ts';

/** Whether a file that could not be decoded ends before its own structure says it should; of JPEG see mend-jpeg.ts. */
export function isTruncated(bytes: Uint8Array, format: Exclude<PictureFormat, 'jpeg'>): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (format) {
    case 'png':
      return endsEarly(bytes, 8, (at) => 12 + view.getUint32(at), 8, 'IEND');
    case 'webp':
      return view.byteLength < 12 || view.getUint32(4, true) + 8 > bytes.length;
    case 'gif':
      return !endsWith(bytes, [0x3b]);
    case 'tiff':
      return bytes.length < 8 || view.getUint32(4, bytes[0] === 0x49) >= bytes.length;
    case 'avif':
      return endsEarly(bytes, 0, (at) => view.getUint32(at) || bytes.length - at, 8);
    default:
      throw format satisfies never;
  }
}

/** Walks blocks that carry their length; true when one reaches past the end, or when `last` never comes. */
function endsEarly(
  bytes: Uint8Array,
  start: number,
  lengthAt: (at: number) => number,
  header: number,
  last?: string,
): boolean {
  for (let at = start; at < bytes.length; ) {
    if (at + header > bytes.length) return true;
    const end = at + Math.max(header, lengthAt(at));
    if (end > bytes.length) return true;
    if (last && String.fromCharCode(...bytes.subarray(at + 4, at + 8)) === last) return false;
    at = end;
  }
  return last !== undefined;
}

/** Whether the bytes end so, but for padding with zeros. */
function endsWith(bytes: Uint8Array, ending: readonly number[]): boolean {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return ending.every((value, i) => bytes[end - ending.length + i] === value);
}
