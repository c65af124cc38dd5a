import { createPicture, createPlane, type Picture, type Plane, type Rect } from './picture.ts';

/** The part of a picture inside `rect`, whose edges must be whole numbers inside the picture. */
export function cropPicture(picture: Picture, { x, y, width, height }: Rect): Picture {
  const out = createPicture(width, height);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * picture.width + x) * 4;
    out.data.set(picture.data.subarray(from, from + width * 4), row * width * 4);
  }
  return out;
}

/** The part of a plane inside `rect`, whose edges must be whole numbers inside the plane. */
export function cropPlane(plane: Plane, { x, y, width, height }: Rect): Plane {
  const out = createPlane(width, height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * plane.width + x;
    out.data.set(plane.data.subarray(from, from + width), row * width);
  }
  return out;
}
