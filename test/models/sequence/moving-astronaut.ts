/** The astronaut, moved about in small pictures, and a style to paint her in. */
import { type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import { cropPicture } from '../../../models/image/crop.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { type PreparedStyle, prepareStyle } from '../../../models/stylize/stylize.ts';
import { readPicture } from '../../../renderer/core/pictures/read-picture.ts';
import { astronaut, joconde } from '../../renderer/run-limner.ts';

/** px */
export const EDGE = 128;
let photograph: Picture;

/** Before `at`. Whoever loads releases the networks. */
export async function loadAstronaut(): Promise<{ networks: FaceNetworks; style: PreparedStyle }> {
  const networks = await loadFaceNetworks({ device: 'cpu' });
  photograph = await readPicture(astronaut);
  const reference = resizePicture(await readPicture(joconde), 371, 577);
  return { networks, style: await prepareStyle(reference, networks) };
}

/** The astronaut moved by so many pixels. */
export const at = (x: number, y: number) =>
  cropPicture(resizePicture(photograph, 256, 256), { x: 52 - x, y: 2 - y, width: EDGE, height: EDGE });

/** The astronaut so many times as close. */
export const closer = (by: number) =>
  cropPicture(resizePicture(photograph, Math.round(256 * by), Math.round(256 * by)), {
    x: Math.round(114 * by) - 62,
    y: Math.round(52 * by) - 50,
    width: EDGE,
    height: EDGE,
  });

/** Mean absolute difference in the middle of the face, the second picture moved back. */
export function difference(a: Picture, b: Picture, x = 0, y = 0): number {
  let [sum, count] = [0, 0];
  for (let row = 30; row < 70; row++) {
    for (let column = 45; column < 80; column++) {
      for (let c = 0; c < 3; c++, count++)
        sum += Math.abs(
          b.data[4 * ((row + y) * EDGE + column + x) + c] - a.data[4 * (row * EDGE + column) + c],
        );
    }
  }
  return sum / count;
}
