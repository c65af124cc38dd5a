import { createPicture, type Picture, type Rect } from './picture.ts';

/** The part of a picture inside `rect`, whose edges must be whole numbers inside the picture. */
export function cropPicture(picture: Picture, { x, y, width, height }: Rect): Picture {
  const out = createPicture(width, height);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * picture.width + x) * 4;
    out.data.set(picture.data.subarray(from, from + width * 4), row * width * 4);
  }
  return out;
}
