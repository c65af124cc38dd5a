/** Planes and pictures for tests, and how far two of them are apart. */
import { createPicture, createPlane, type Picture, type Plane } from '../../../models/image/picture.ts';
import { seededRandom } from '../../../models/image/random.ts';

export function planeOf(width: number, height: number, value: (x: number, y: number) => number): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = value(i % width, Math.floor(i / width));
  return plane;
}

/** Uniform noise from 0 to `range`. */
export function noise(width: number, height: number, seed: number, range = 100): Plane {
  const random = seededRandom(seed);
  return planeOf(width, height, () => random() * range);
}

/** @param colour red, green, blue and alpha of a pixel; opaque without alpha */
export function pictureOf(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly number[],
): Picture {
  const picture = createPicture(width, height);
  for (let i = 0; i < width * height; i++) {
    const [r, g, b, alpha = 255] = colour(i % width, Math.floor(i / width));
    picture.data.set([r, g, b, alpha], i * 4);
  }
  return picture;
}

export function noisePicture(width: number, height: number, seed: number): Picture {
  const random = seededRandom(seed);
  return pictureOf(width, height, () => [random() * 255, random() * 255, random() * 255]);
}

export function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`Expected ${b.length} numbers but received ${a.length}.`);
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= most)) most = difference;
  }
  return most;
}
