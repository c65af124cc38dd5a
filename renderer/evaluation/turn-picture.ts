import sharp from 'sharp';
import type { Picture } from '../../models/image/picture.ts';

/** The whole picture turned clockwise by `degrees`, on grey; larger than before unless turned by quarters. */
export async function turnPicture({ width, height, data }: Picture, degrees: number): Promise<Picture> {
  const turned = await sharp(data, { raw: { width, height, channels: 4 } })
    .rotate(degrees, { background: '#808080' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    width: turned.info.width,
    height: turned.info.height,
    data: new Uint8ClampedArray(turned.data),
  };
}
