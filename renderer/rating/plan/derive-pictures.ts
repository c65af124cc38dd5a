/** Hidden controls, made from what the results were made from. */
import { transferColour } from '../../../models/image/colour-transfer.ts';
import { createPicture, type Picture } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import type { Size } from './stimulus-writer.ts';

/** The photograph at the size of the results. */
export const untouched = (photograph: Picture, { width, height }: Size): Picture =>
  photograph.width === width && photograph.height === height
    ? photograph
    : resizePicture(photograph, width, height);

/** Reinhard et al. 2001: the photograph in the reference's colours, and nothing else of it. */
export const reinhard = (photograph: Picture, reference: Picture): Picture =>
  transferColour(photograph, reference);

/** What the ×4 networks are asked to undo, each pixel drawn as a square: the lower anchor of Ledig et al. 2017. */
export function nearest(original: Picture): Picture {
  const { width, height } = original;
  const small = resizePicture(
    original,
    Math.max(1, Math.round(width / 4)),
    Math.max(1, Math.round(height / 4)),
  );
  const large = createPicture(width, height);
  const [source, target] = [pixelsOf(small), pixelsOf(large)];
  for (let y = 0; y < height; y++) {
    const row = Math.min(small.height - 1, y >> 2) * small.width;
    for (let x = 0; x < width; x++) target[y * width + x] = source[row + Math.min(small.width - 1, x >> 2)];
  }
  return large;
}

const pixelsOf = ({ data }: Picture) => new Uint32Array(data.buffer, data.byteOffset, data.length / 4);

/** Made to fit a square; never enlarged. */
export function fitted(picture: Picture, edge: number): Picture {
  const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
  const length = (pixels: number) => Math.max(1, Math.round(pixels * scale));
  return scale === 1 ? picture : resizePicture(picture, length(picture.width), length(picture.height));
}
