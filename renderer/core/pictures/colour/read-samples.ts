/** Codes of a picture as its file has them. */
import type { Metadata, Sharp } from 'sharp';
import type { Samples } from './light-to-srgb.ts';

/** In the file's own codes, whatever they mean. */
export const asStored = (input: Sharp, { space }: Metadata): Sharp =>
  input.pipelineColourspace(space).toColourspace(space);

/** Codes of 8 bits, or of 16 where the file has more than 8. */
export async function readSamples(input: Sharp, { depth, bitsPerSample = 8 }: Metadata): Promise<Samples> {
  const isWide = depth === 'ushort';
  const { data, info } = await input
    .raw({ depth: isWide ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (!isWide) return { width, height, channels, top: 255, data };
  // libvips moves 10 and 12 bits to the upper end of 16.
  const top =
    bitsPerSample > 8 && bitsPerSample < 16 ? ((1 << bitsPerSample) - 1) << (16 - bitsPerSample) : 65_535;
  const aligned = data.byteOffset % 2 === 0 ? data : Uint8Array.from(data);
  return {
    width,
    height,
    channels,
    top,
    data: new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 2),
  };
}
