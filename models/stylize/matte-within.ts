/** Mattes of people who share their picture with other pictures: posters, panels, frames. */
import type { Face, FaceNetworks } from '../face/index.ts';
import type { FacePart } from '../face/parts.ts';
import { cropPicture } from '../image/crop.ts';
import { createPlane, type Picture, type Plane, type Rect } from '../image/picture.ts';

/** The matte of one face within its part of a picture, at the picture's size; 0 outside of it. */
export async function matteWithin(
  picture: Picture,
  face: Face,
  { rect, others }: FacePart,
  networks: FaceNetworks,
): Promise<Plane> {
  const isWhole = rect.width === picture.width && rect.height === picture.height;
  const inside = isWhole
    ? await networks.matte(picture, face)
    : placed(await networks.matte(cropPicture(picture, rect), movedFace(face, rect)), rect, picture);
  for (const other of others) {
    for (let row = other.y; row < other.y + other.height; row++) {
      inside.data.fill(0, row * inside.width + other.x, row * inside.width + other.x + other.width);
    }
  }
  return inside;
}

function placed(plane: Plane, { x, y }: Rect, { width, height }: Picture): Plane {
  const out = createPlane(width, height);
  for (let row = 0; row < plane.height; row++) {
    const from = plane.data.subarray(row * plane.width, (row + 1) * plane.width);
    out.data.set(from, (y + row) * width + x);
  }
  return out;
}

/** A face of a picture, as the part of it shows it. */
export function movedFace(face: Face, { x, y }: Rect): Face {
  const offset = [x, y, 0];
  return {
    ...face,
    landmarks: face.landmarks.map((value, i) => value - offset[i % 3]),
    box: { ...face.box, x: face.box.x - x, y: face.box.y - y },
  };
}
