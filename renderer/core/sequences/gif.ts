/** Animated GIFs from single ones: pictures go in one by one (GIF89a specification, W3C 1990). */

/** Hundredths of a second that a GIF counts in. */
const TICK = 0.01;
/** Restores nothing: each picture covers the one before. Transparent ones are cleared first. */
const [KEEP, CLEAR] = [1, 2];

/**
 * Header, repetition, and XMP where there is some.
 * @param xmp a packet that ends in its padding
 * @param plays how often it is shown, 0: endless; the file counts how often it is shown again (Netscape 2.0)
 */
export function gifHeader(width: number, height: number, xmp?: string, plays = 0): Uint8Array {
  const again = Math.min(65_535, Math.max(0, plays - 1));
  const repetition = [0x21, 0xff, 11, ...ascii('NETSCAPE2.0'), 3, 1, again & 255, again >> 8, 0];
  const size = [width & 255, width >> 8, height & 255, height >> 8];
  return Uint8Array.from([
    ...ascii('GIF89a'),
    ...size,
    ...[0x70, 0, 0],
    ...(plays === 1 ? [] : repetition),
    ...(xmp ? xmpExtension(xmp) : []),
  ]);
}

export const GIF_END = Uint8Array.of(0x3b);

/**
 * The blocks of one picture.
 * @param single a GIF of one picture
 * @param seconds how long it is shown
 */
export function gifFrame(single: Uint8Array, seconds: number, isTransparent: boolean): Uint8Array {
  const { palette, transparent, descriptor, data } = parseSingle(single);
  const delay = Math.min(65_535, Math.max(2, Math.round(seconds / TICK)));
  const flags = ((isTransparent ? CLEAR : KEEP) << 2) | (transparent === null ? 0 : 1);
  const control = [0x21, 0xf9, 4, flags, delay & 255, delay >> 8, transparent ?? 0, 0];
  const bits = Math.max(0, Math.ceil(Math.log2(palette.length / 3)) - 1);
  const image = [0x2c, ...descriptor, 0x80 | bits];
  const out = new Uint8Array(control.length + image.length + palette.length + data.length);
  out.set(control, 0);
  out.set(image, control.length);
  out.set(palette, control.length + image.length);
  out.set(data, control.length + image.length + palette.length);
  return out;
}

interface SingleGif {
  readonly palette: Uint8Array;
  readonly transparent: number | null;
  /** Left, top, width, height. */
  readonly descriptor: Uint8Array;
  /** Compressed: code size and blocks. */
  readonly data: Uint8Array;
}

function parseSingle(gif: Uint8Array): SingleGif {
  const tableAt = (flags: number, at: number) =>
    flags & 0x80 ? gif.subarray(at, at + 3 * 2 ** ((flags & 7) + 1)) : null;
  let palette = tableAt(gif[10], 13);
  let at = 13 + (palette?.length ?? 0);
  let transparent: number | null = null;
  while (gif[at] === 0x21) {
    if (gif[at + 1] === 0xf9 && gif[at + 3] & 1) transparent = gif[at + 6];
    at = skipBlocks(gif, at + 2);
  }
  if (gif[at] !== 0x2c) throw new RangeError('Expected a GIF with one picture.');
  const descriptor = gif.subarray(at + 1, at + 9);
  const own = tableAt(gif[at + 9], at + 10);
  palette = own ?? palette;
  if (!palette) throw new RangeError('Expected a GIF with a palette.');
  const from = at + 10 + (own?.length ?? 0);
  return { palette, transparent, descriptor, data: gif.subarray(from, skipBlocks(gif, from + 1)) };
}

/** Where a chain of blocks ends. */
function skipBlocks(gif: Uint8Array, at: number): number {
  let end = at;
  while (gif[end] !== 0 && end < gif.length) end += gif[end] + 1;
  return end + 1;
}

/** XMP in an application extension, whose "magic trailer" lets readers of blocks pass it (XMP specification, part 3). */
function xmpExtension(xmp: string): number[] {
  const trailer = [1, ...Array.from({ length: 256 }, (_, i) => 255 - i), 0];
  return [0x21, 0xff, 11, ...ascii('XMP DataXMP'), ...new TextEncoder().encode(xmp), ...trailer];
}

const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
