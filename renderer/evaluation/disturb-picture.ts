import { createPicture, type Picture } from '../../models/image/picture.ts';
import { seededNormal } from '../../models/image/random.ts';

/** A picture moved to the right by whole pixels; the border is repeated. */
export function shifted({ width, height, data }: Picture, by: number): Picture {
  const out = createPicture(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      const from = 4 * (y * width + Math.min(width - 1, Math.max(0, x - by)));
      for (let c = 0; c < 4; c++) out.data[i + c] = data[from + c];
    }
  }
  return out;
}

/** A picture with normally distributed noise of `sigma` grey levels, always the same. */
export function noisy({ width, height, data }: Picture, sigma: number): Picture {
  const normal = seededNormal(21);
  const out = createPicture(width, height);
  for (let i = 0; i < data.length; i++) out.data[i] = i % 4 === 3 ? data[i] : data[i] + sigma * normal();
  return out;
}
