/** Small pictures, made rather than stored. */
import sharp, { type Sharp } from 'sharp';
import { seededRandom } from '../../../../models/image/random.ts';

/** Noise that no decoder can skip over. */
export function noise(width = 64, height = 64): Sharp {
  const random = seededRandom(7);
  const data = Uint8Array.from({ length: width * height * 3 }, () => random() * 256);
  return sharp(data, { raw: { width, height, channels: 3 } });
}

export function plain(
  width: number,
  height: number,
  background: string | { r: number; g: number; b: number; alpha: number },
): Sharp {
  return sharp({ create: { width, height, channels: 4, background } });
}

/** A PNG chunk; its check sum is left at 0 when nobody will read that far. */
export function pngChunk(type: string, body: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), body, Buffer.alloc(4)]);
}

/** A PNG with another chunk after its header, without the chunks named in `less`. */
export function withChunk(
  png: Uint8Array,
  type: string,
  body: Uint8Array,
  less: readonly string[] = [],
): Buffer {
  const chunk = pngChunk(type, body);
  chunk.writeInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return Buffer.concat([
    png.subarray(0, 33),
    chunk,
    ...chunksOf(png)
      .filter(({ name }) => !less.includes(name))
      .map(({ bytes }) => bytes),
  ]);
}

/** All chunks after the header, whole. */
function chunksOf(png: Uint8Array): { name: string; bytes: Uint8Array }[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks = [];
  for (let at = 33; at < png.length; ) {
    const end = at + 12 + view.getUint32(at);
    chunks.push({ name: String.fromCharCode(...png.subarray(at + 4, at + 8)), bytes: png.subarray(at, end) });
    at = end;
  }
  return chunks;
}

/** A one-colour PNG whose header claims another size. */
export async function pngClaiming(width: number, height: number): Promise<Buffer> {
  const png = await plain(32, 32, '#808080').png().toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.writeInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

/** An animated PNG: a still one with an acTL chunk put after its header. */
export async function animatedPng(frames: number): Promise<Buffer> {
  const png = await plain(32, 32, '#808080').png().toBuffer();
  const control = Buffer.alloc(8);
  control.writeUInt32BE(frames);
  return withChunk(png, 'acTL', control);
}

/** Two frames, one below the other. */
export async function animation(format: 'gif' | 'webp'): Promise<Buffer> {
  const frames = await noise(32, 64).toColourspace('srgb').raw().toBuffer();
  const strip = sharp(frames, { raw: { width: 32, height: 64, channels: 3, pageHeight: 32 } });
  return strip.toFormat(format).toBuffer();
}

/** CRC-32 of PNG, as a signed number. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}
