/**
 * GIFs and animated WebPs without comments, XMP, EXIF and whatever else their containers may carry beside pictures, their
 * times, repetition and colours (GIF89a specification, W3C 1990; WebP Container Specification, Google).
 */
import { LimnerError } from '../../../models/errors.ts';
import { GIF_IMAGE, GIF_TRAILER, gifBlocks, gifPrelude } from './gif-blocks.ts';

/** @throws CORRUPT_PICTURE where the structure does not hold together */
export function stripAnimation(bytes: Uint8Array, name: string): Uint8Array {
  const parts = [...(bytes[0] === 0x47 ? gifParts(bytes) : webpParts(bytes))];
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  // A part that reaches past the end was cut short.
  if (bytes[0] === 0x47 && out[out.length - 1] !== GIF_TRAILER)
    throw new LimnerError('CORRUPT_PICTURE', `${name} is damaged and cannot be decoded.`);
  if (bytes[0] !== 0x47) new DataView(out.buffer).setUint32(4, out.length - 8, true);
  return out;
}

const [GIF_CONTROL, GIF_APPLICATION] = [0xf9, 0xff];
const REPETITIONS = ['NETSCAPE2.0', 'ANIMEXTS1.0'];

function* gifParts(gif: Uint8Array): Generator<Uint8Array> {
  const text = (at: number, length: number) => String.fromCharCode(...gif.subarray(at, at + length));
  let last = gifPrelude(gif);
  yield gif.subarray(0, last);
  for (const { start, end } of gifBlocks(gif)) {
    const isRepetition = gif[start + 1] === GIF_APPLICATION && REPETITIONS.includes(text(start + 3, 11));
    if (gif[start] === GIF_IMAGE || gif[start + 1] === GIF_CONTROL || isRepetition)
      yield gif.subarray(start, end);
    last = end;
  }
  if (gif[last] === GIF_TRAILER) yield Uint8Array.of(GIF_TRAILER);
}

/** ICC profiles stay: colours mean nothing without. */
const FILE_CHUNKS = ['VP8X', 'ICCP', 'ANIM', 'ANMF'];
const PICTURE_CHUNKS = ['ALPH', 'VP8 ', 'VP8L'];
/** Flags of VP8X that say that there is metadata. */
const METADATA = 0x08 | 0x04;
/** Bytes of a chunk's head, and of what stands before the chunks of an animation's picture. */
const [HEAD, PLACE] = [8, 16];

function* webpParts(file: Uint8Array): Generator<Uint8Array> {
  yield file.subarray(0, 12);
  for (const { name, part } of chunksOf(file, 12)) {
    if (!FILE_CHUNKS.includes(name)) continue;
    if (name === 'VP8X') yield Uint8Array.from(part, (byte, i) => (i === HEAD ? byte & ~METADATA : byte));
    else if (name === 'ANMF') yield strippedFrame(part);
    else yield part;
  }
}

function strippedFrame(part: Uint8Array): Uint8Array {
  const kept = chunksOf(part, HEAD + PLACE).filter(({ name }) => PICTURE_CHUNKS.includes(name));
  const out = new Uint8Array(HEAD + PLACE + kept.reduce((sum, chunk) => sum + chunk.part.length, 0));
  out.set(part.subarray(0, HEAD + PLACE));
  new DataView(out.buffer).setUint32(4, out.length - HEAD, true);
  let at = HEAD + PLACE;
  for (const chunk of kept) {
    out.set(chunk.part, at);
    at += chunk.part.length;
  }
  return out;
}

/** Padded to even lengths. */
function chunksOf(file: Uint8Array, from: number): { name: string; part: Uint8Array }[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks = [];
  for (let at = from; at + HEAD <= file.length; ) {
    const length = view.getUint32(at + 4, true);
    const end = at + HEAD + length + (length & 1);
    chunks.push({ name: String.fromCharCode(...file.subarray(at, at + 4)), part: file.subarray(at, end) });
    at = end;
  }
  return chunks;
}
