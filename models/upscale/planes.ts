import { createPicture, type Picture, type Rect } from '../image/picture.ts';

/** Colours as [3, h, w] in 0..1, of the whole picture or of a rectangle inside it; alpha is left out. */
export function planesFromPicture(picture: Picture, rect?: Rect): Float32Array {
  const { x, y, width, height } = rect ?? { x: 0, y: 0, ...picture };
  const planes = new Float32Array(3 * width * height);
  let to = 0;
  for (let c = 0; c < 3; c++) {
    for (let row = y; row < y + height; row++) {
      let from = (row * picture.width + x) * 4 + c;
      for (let column = 0; column < width; column++, from += 4) planes[to++] = picture.data[from] / 255;
    }
  }
  return planes;
}

/** An opaque picture of [3, h, w] in 0..1, clamped and rounded. */
export function pictureFromPlanes(planes: Float32Array, width: number, height: number): Picture {
  const picture = createPicture(width, height);
  const area = width * height;
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < 3; c++) picture.data[4 * i + c] = planes[c * area + i] * 255;
    picture.data[4 * i + 3] = 255;
  }
  return picture;
}
