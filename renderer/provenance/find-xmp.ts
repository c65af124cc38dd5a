import sharp from 'sharp';
import { sniffFormat } from '../core/pictures/sniff-format.ts';

const START = Buffer.from('<x:xmpmeta');
const END = Buffer.from('</x:xmpmeta>');

/**
 * The XMP packet of a picture, or of a GIF or PDF whose packet is not compressed, as ISO 16684-3 asks; null without one. libvips
 * does not read that of GIFs.
 */
export async function findXmp(file: Uint8Array): Promise<string | null> {
  const format = sniffFormat(file);
  if (format && format !== 'gif') return xmpOfPicture(file);
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const start = bytes.indexOf(START);
  const end = start < 0 ? -1 : bytes.indexOf(END, start);
  return end < 0 ? null : bytes.toString('utf8', start, end + END.length);
}

const xmpOfPicture = (file: Uint8Array): Promise<string | null> =>
  sharp(file, { limitInputPixels: false })
    .metadata()
    .then(
      ({ xmp }) => xmp?.toString('utf8') ?? null,
      () => null,
    );
