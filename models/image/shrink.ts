import { createPicture, createPlane, type Picture, type Plane } from './picture.ts';

/**
 * A picture shrunk to `width` × `height` by averaging the pixels that fall on each result pixel (box filter, whole
 * pixels), colours as much as they are opaque. Much cheaper than bicubic, and nothing overshoots; a picture that is not larger
 * is returned as it is.
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
          const alpha = picture.data[i + 3];
          sums[0] += alpha * picture.data[i];
          sums[1] += alpha * picture.data[i + 1];
          sums[2] += alpha * picture.data[i + 2];
          sums[3] += alpha;
        }
      }
      if (sums[3] === 0) continue;
      for (let c = 0; c < 3; c++) out.data[k + c] = sums[c] / sums[3];
      out.data[k + 3] = sums[3] / ((bottom - top) * (right - left));
    }
  }
  return out;
}

/** The mean of every `factor` × `factor` values of a plane whose sizes are multiples of it. */
export function shrinkPlane({ width, height, data }: Plane, factor: number): Plane {
  const out = createPlane(width / factor, height / factor);
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)].map((at) => Math.floor(at / factor));
    out.data[y * out.width + x] += data[i] / factor ** 2;
  }
  return out;
}
