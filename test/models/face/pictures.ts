/** Pictures for the face tests, made from the fixtures. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import type { Picture } from '../../../models/image/picture.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));

export const ASTRONAUT = fixture('astronaut.png');
export const JOCONDE = fixture('joconde.jpg');
/** Official portraits, 320×320; see test/gallery/portraits/SOURCES.md. */
export const PORTRAITS: Readonly<Record<string, string>> = Object.fromEntries(
  ['omar', 'sanders', 'green'].map((name) => [name, fixture(`../gallery/portraits/${name}.jpg`)]),
);

/** A folder of the shared development data; undefined, with a message, where there is none. */
export function sharedData(name: string): string | undefined {
  const folder = fileURLToPath(new URL(`../../../../shared/data/${name}`, import.meta.url));
  if (existsSync(folder)) return folder;
  console.info(`Skipped: ../shared/data/${name} is not here.`);
  return undefined;
}

export async function toPicture(image: Sharp): Promise<Picture> {
  const { data, info } = await image
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

export const readPicture = (path: string, width?: number): Promise<Picture> =>
  toPicture(width === undefined ? sharp(path) : sharp(path).resize(width));

/** Turned clockwise about the centre, on a canvas that holds all of it. */
export const turned = (path: string, degrees: number): Promise<Picture> =>
  toPicture(sharp(path).rotate(degrees, { background: '#808080' }));

/** Fixture pictures on one grey canvas. */
export const collage = (
  width: number,
  height: number,
  parts: readonly { path: string; width: number; left: number; top: number }[],
): Promise<Picture> =>
  Promise.all(
    parts.map(async ({ path, left, top, ...part }) => ({
      input: await sharp(path).resize(part.width).png().toBuffer(),
      left,
      top,
    })),
  )
    .then((layers) =>
      sharp({ create: { width, height, channels: 3, background: '#777' } })
        .composite(layers)
        .png()
        .toBuffer(),
    )
    .then((image) => toPicture(sharp(image)));

/** Mean distance of the 468 points in x and y, over the distance between the outer eye corners in `expected`. */
export function landmarkError(actual: Float32Array, expected: Float32Array, interocular: number): number {
  let total = 0;
  for (let i = 0; i < expected.length; i += 3) {
    total += Math.hypot(actual[i] - expected[i], actual[i + 1] - expected[i + 1]);
  }
  return total / (expected.length / 3) / interocular;
}

/** Maps x and y of every landmark. */
export function mapLandmarks(
  landmarks: Float32Array,
  map: (x: number, y: number) => readonly [number, number],
): Float32Array {
  const mapped = landmarks.slice();
  for (let i = 0; i < landmarks.length; i += 3)
    [mapped[i], mapped[i + 1]] = map(landmarks[i], landmarks[i + 1]);
  return mapped;
}
