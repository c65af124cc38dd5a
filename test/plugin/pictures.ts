/** Pictures for documents: flat colours, which is all that the plugin can tell apart. */
import sharp from 'sharp';

export async function png(
  width: number,
  height: number,
  colour = '#808080',
): Promise<Uint8Array<ArrayBuffer>> {
  const picture = sharp({ create: { width, height, channels: 3, background: colour } });
  return new Uint8Array(await picture.png().toBuffer());
}
