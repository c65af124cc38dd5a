import { createPicture, type Picture } from './picture.ts';

/**
 * A picture shrunk to `width` × `height` by averaging the pixels that fall on each result pixel (box filter, whole
 * pixels). Much cheaper than bicubic and good enough to analyse; a picture that is not larger is returned as it is.
 */
export function shrinkPicture(picture: Picture, width: number, height: number): Picture {
  if (picture.width <= width && picture.height <= height) return picture;
  const out = createPicture(width, height);
  const sums = new Float64Array(4);
  for (let y = 0, k = 0; y < height; y++) {
    const top = Math.floor((y * picture.height) / height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * picture.height) / height));
    for (let x = 0; x < width; x++, k += 4) {
      const left = Math.floor((x * picture.width) / width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * picture.width) / width));
      sums.fill(0);
      for (let v = top; v < bottom; v++) {
        for (let i = (v * picture.width + left) * 4, end = i + (right - left) * 4; i < end; i += 4) {
          sums[0] += picture.data[i];
          sums[1] += picture.data[i + 1];
          sums[2] += picture.data[i + 2];
          sums[3] += picture.data[i + 3];
        }
      }
      const count = (bottom - top) * (right - left);
      for (let c = 0; c < 4; c++) out.data[k + c] = sums[c] / count;
    }
  }
  return out;
}
