/** Intermediate results of the method as pictures that a person can look at. */

import { createPicture, type Picture, type Plane } from '../image/picture.ts';
import type { Regions } from './regions.ts';

/** A plane as grey, `black` and `white` being its darkest and lightest value. */
export function greyPicture({ width, height, data }: Plane, black: number, white: number): Picture {
  const out = createPicture(width, height);
  for (let i = 0; i < data.length; i++) {
    const value = (255 * (data[i] - black)) / (white - black);
    out.data.set([value, value, value, 255], 4 * i);
  }
  return out;
}

/** Skin orange, hair blue, facial hair magenta, clothes green, features lighter, the ground dark. */
export function regionsPicture(regions: Regions): Picture {
  const { skin, hair, clothes, facialHair, features } = regions;
  const out = createPicture(skin.width, skin.height);
  for (let i = 0; i < skin.data.length; i++) {
    const [s, h, c] = [skin.data[i], hair.data[i], clothes.data[i]];
    const [f, b] = [features.data[i], facialHair.data[i]];
    out.data.set(
      [30 + 200 * s + 150 * b, 30 + 110 * s + 150 * c + 90 * f, 30 + 200 * h + 60 * f, 255],
      4 * i,
    );
  }
  return out;
}

/** A nearest-neighbour field: red grows with the source's x, green with its y; equal steps of colour are one copied piece. */
export function fieldPicture(
  field: Int32Array,
  size: { readonly width: number; readonly height: number },
  source: { readonly width: number; readonly height: number },
): Picture {
  const out = createPicture(size.width, size.height);
  for (let i = 0; i < field.length; i++) {
    const [u, v] = [field[i] & 0xffff, field[i] >>> 16];
    out.data.set(
      [(255 * u) / source.width, (255 * v) / source.height, ((u >> 4) + (v >> 4)) % 2 ? 140 : 80, 255],
      4 * i,
    );
  }
  return out;
}
