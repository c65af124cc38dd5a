import type { Picture, Plane } from './picture.ts';

/** Luma of ITU-R BT.601, 16..235, as MATLAB's `rgb2ycbcr` gives it for 8-bit pictures but not rounded. Alpha is ignored. */
export function luma(picture: Picture): Plane {
  const { width, height, data } = picture;
  const out = new Float32Array(width * height);
  for (let i = 0, j = 0; i < out.length; i++, j += 4) {
    out[i] = 16 + (65.481 * data[j] + 128.553 * data[j + 1] + 24.966 * data[j + 2]) / 255;
  }
  return { width, height, data: out };
}

/** The plane without `border` pixels on each side. */
export function shave(plane: Plane, border: number): Plane {
  const width = plane.width - 2 * border;
  const height = plane.height - 2 * border;
  if (width < 1 || height < 1)
    throw new RangeError(`Expected more than ${2 * border} px but received ${plane.width}×${plane.height}.`);
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (y + border) * plane.width + border;
    data.set(plane.data.subarray(from, from + width), y * width);
  }
  return { width, height, data };
}
