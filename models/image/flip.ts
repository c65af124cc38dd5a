import { createPicture, createPlane, type Picture, type Plane } from './picture.ts';

/** The picture seen in a mirror: left and right exchanged. */
export function flipPicture({ width, height, data }: Picture): Picture {
  const out = createPicture(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0, k = ((y + 1) * width - 1) * 4; x < width; x++, i += 4, k -= 4) {
      for (let c = 0; c < 4; c++) out.data[i + c] = data[k + c];
    }
  }
  return out;
}

/** The plane seen in a mirror. */
export function flipPlane({ width, height, data }: Plane): Plane {
  const out = createPlane(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0, k = (y + 1) * width - 1; x < width; x++, i++, k--) out.data[i] = data[k];
  }
  return out;
}
