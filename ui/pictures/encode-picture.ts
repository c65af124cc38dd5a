import type { Picture } from '../../models/image/picture.ts';
import type { Bytes } from '../../protocol/portrait.ts';
import { createContext } from './decode-picture.ts';

/** @param options JPEG with its quality (0..1) where the size matters; PNG by default */
export async function encodePicture(
  { width, height, data }: Picture,
  options: ImageEncodeOptions = { type: 'image/png' },
): Promise<Bytes> {
  const context = createContext(width, height);
  context.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  const blob = await context.canvas.convertToBlob(options);
  return new Uint8Array(await blob.arrayBuffer());
}
