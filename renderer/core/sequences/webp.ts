/** Animated WebPs from single ones: pictures go in one by one (WebP Container Specification, Google). */

/** Flags of VP8X. */
const [ALPHA, ANIMATION, XMP] = [0x10, 0x02, 0x04];

/**
 * The bytes before the first picture; `webpSize` gives the file's length afterwards.
 * @param plays how often it is shown, 0: endless
 */
export function webpHeader(
  width: number,
  height: number,
  hasAlpha: boolean,
  hasXmp: boolean,
  plays = 0,
): Uint8Array {
  const flags = ANIMATION | (hasAlpha ? ALPHA : 0) | (hasXmp ? XMP : 0);
  const extended = [flags, 0, 0, 0, ...three(width - 1), ...three(height - 1)];
  // No background colour.
  const count = Math.min(65_535, plays);
  const animation = [0, 0, 0, 0, count & 255, count >> 8];
  return concat([
    ...[ascii('RIFF'), four(0), ascii('WEBP')],
    ...[chunk('VP8X', Uint8Array.from(extended)), chunk('ANIM', Uint8Array.from(animation))],
  ]);
}

/** What stands at byte 4 of a file of so many bytes. */
export const webpSize = (bytes: number): Uint8Array => four(bytes - 8);

/** @param single a WebP of one picture @param seconds how long it is shown */
export function webpFrame(
  single: Uint8Array,
  width: number,
  height: number,
  seconds: number,
  hasAlpha: boolean,
): Uint8Array {
  const duration = Math.min(2 ** 24 - 1, Math.max(1, Math.round(seconds * 1000)));
  const head = [0, 0, 0, 0, 0, 0, ...three(width - 1), ...three(height - 1), ...three(duration)];
  // Not blended, left as it is.
  return chunk('ANMF', concat([Uint8Array.from([...head, hasAlpha ? 0x02 : 0]), ...pictureChunks(single)]));
}

export const webpXmp = (xmp: string): Uint8Array => chunk('XMP ', new TextEncoder().encode(xmp));

/** Those of a single WebP that make up its picture. */
function* pictureChunks(file: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 12; at + 8 <= file.length; ) {
    const name = String.fromCharCode(...file.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length & 1);
    if (['ALPH', 'VP8 ', 'VP8L'].includes(name)) yield file.subarray(at, end);
    at = end;
  }
}

const chunk = (name: string, data: Uint8Array): Uint8Array =>
  concat([ascii(name), four(data.length), data, new Uint8Array(data.length & 1)]);

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const three = (n: number) => [n & 255, (n >> 8) & 255, (n >> 16) & 255];
const four = (n: number) => Uint8Array.from([...three(n), (n >>> 24) & 255]);

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
