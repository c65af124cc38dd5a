import { createPicture, type Picture } from '../image/picture.ts';

/** Colours as [3, h, w] in 0..1; alpha is left out. */
export function planesFromPicture({ width, height, data }: Picture): Float32Array {
  const area = width * height;
  const planes = new Float32Array(3 * area);
  for (let c = 0; c < 3; c++) for (let i = 0; i < area; i++) planes[c * area + i] = data[4 * i + c] / 255;
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
