import { createPicture, type Picture } from './picture.ts';

/** A picture turned clockwise by so many quarters; any whole number. */
export function turnPicture(picture: Picture, quarters: number): Picture {
  const turns = ((quarters % 4) + 4) % 4;
  if (turns === 0) return picture;
  const { width, height } = picture;
  const out = turns === 2 ? createPicture(width, height) : createPicture(height, width);
  const from = new Uint32Array(picture.data.buffer, picture.data.byteOffset, width * height);
  const to = new Uint32Array(out.data.buffer);
  // Where the first pixel goes, and how far the next one to the right and the next one below lie from it.
  const start = [0, height - 1, width * height - 1, (width - 1) * height][turns];
  const [right, down] = [1, height, -1, -height].map((step, i) => [step, [width, -1, -width, 1][i]])[turns];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0, k = start + y * down; x < width; x++, i++, k += right) to[k] = from[i];
  }
  return out;
}
