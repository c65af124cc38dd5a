import { createPicture, type Picture } from './picture.ts';

/** The picture with so many px more on every side, in which its outermost pixels go on. */
export function padPicture(picture: Picture, by: number): Picture {
  const { width, height, data } = picture;
  const out = createPicture(width + 2 * by, height + 2 * by);
  const within = (value: number, size: number) => Math.min(size - 1, Math.max(0, value - by));
  for (let y = 0, i = 0; y < out.height; y++) {
    const row = within(y, height) * width;
    for (let x = 0; x < out.width; x++, i += 4) {
      const from = 4 * (row + within(x, width));
      for (let c = 0; c < 4; c++) out.data[i + c] = data[from + c];
    }
  }
  return out;
}
