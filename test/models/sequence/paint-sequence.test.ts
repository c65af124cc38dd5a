import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import { cropPicture } from '../../../models/image/crop.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { SequencePainter, trackSequence } from '../../../models/sequence/index.ts';
import { type PreparedStyle, prepareStyle } from '../../../models/stylize/stylize.ts';
import type { TrackedFace } from '../../../models/track/index.ts';
import { readPicture } from '../../../renderer/core/pictures/read-picture.ts';
import { astronaut, joconde } from '../../renderer/run-limner.ts';

const EDGE = 128;
let networks: FaceNetworks;
let style: PreparedStyle;
let photograph: Picture;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
  photograph = await readPicture(astronaut);
  style = await prepareStyle(resizePicture(await readPicture(joconde), 371, 577), networks);
});
afterAll(() => networks.release());

/** The astronaut moved by so many pixels. */
const at = (x: number, y: number) =>
  cropPicture(resizePicture(photograph, 256, 256), { x: 52 - x, y: 2 - y, width: EDGE, height: EDGE });

/** Mean absolute difference in the middle of the face, the second picture moved back. */
function difference(a: Picture, b: Picture, x = 0, y = 0): number {
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

/** As if the head were turned by 25 degrees where it is. */
function turned(face: TrackedFace): TrackedFace {
  const landmarks = face.landmarks.slice();
  const [cos, sin] = [Math.cos((25 * Math.PI) / 180), Math.sin((25 * Math.PI) / 180)];
  const middle = face.box.x + face.box.width / 2;
  for (let i = 0; i < landmarks.length; i += 3) {
    const [x, z] = [landmarks[i] - middle, landmarks[i + 2]];
    landmarks[i] = middle + cos * x - sin * z;
    landmarks[i + 2] = sin * x + cos * z;
  }
  return { ...face, landmarks };
}

describe('a sequence', () => {
  test('gives a head that has turned a new canvas, on which its texture stays', async () => {
    const frames = [];
    for await (const frame of trackSequence([at(0, 0), at(0, 0), at(0, 0), at(0, 0)], networks))
      frames.push(frame);
    const painter = new SequencePainter(style, networks);
    const painted = [];
    for (const [i, { picture, faces, isCut }] of frames.entries())
      painted.push(await painter.next(picture, i < 2 ? faces : faces.map(turned), isCut));
    expect(painted.map(({ isNewKey }) => isNewKey)).toEqual([false, false, true, false]);
    expect(painted[2].matchedAgain).toBeLessThan(0.8);
    expect(difference(painted[1].picture, painted[2].picture)).toBeLessThan(4);
    const other = new SequencePainter(style, networks);
    other.load(structuredClone(painter.save()));
    const [{ picture, faces }] = frames;
    const next = await painter.next(picture, faces.map(turned), false);
    expect((await other.next(picture, faces.map(turned), false)).picture).toEqual(next.picture);
  });
});
