import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import { cropPicture } from '../../../models/image/crop.ts';
import { createPicture, type Picture } from '../../../models/image/picture.ts';
import { seededRandom } from '../../../models/image/random.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import {
  paintSequence,
  type SequenceOptions,
  SequencePainter,
  trackSequence,
} from '../../../models/sequence/index.ts';
import { type PreparedStyle, prepareStyle, stylize } from '../../../models/stylize/stylize.ts';
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

async function paintAll(pictures: readonly Picture[], options: SequenceOptions = {}): Promise<Picture[]> {
  const out: Picture[] = [];
  for await (const { picture } of paintSequence(pictures, style, networks, options)) out.push(picture);
  return out;
}

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

describe('a sequence', () => {
  test('stands still where its portrait does, and moves as its portrait does', async () => {
    const [first, , third, moved] = await paintAll([at(0, 0), at(0, 0), at(0, 0), at(2, 1)]);
    expect(difference(first, third)).toBeLessThan(1);
    expect(difference(first, moved, 2, 1)).toBeLessThan(1.5);
    const stills = await Promise.all([at(0, 0), at(2, 1)].map((one) => stylize(one, style, networks)));
    expect(difference(first, moved, 2, 1)).toBeLessThan(
      0.6 * difference(stills[0].picture, stills[1].picture, 2, 1),
    );
  });

  test('that goes on from what another painter has saved is the same', async () => {
    const frames = [];
    for await (const frame of trackSequence([at(0, 0), at(1, 0), at(2, 0)], networks)) frames.push(frame);
    const options = { exaggerate: 0.7 };
    const painter = new SequencePainter(style, networks, options);
    for (const { picture, faces, isCut } of frames.slice(0, 2)) await painter.next(picture, faces, isCut);
    const other = new SequencePainter(style, networks, options);
    other.load(structuredClone(painter.save()));
    const { picture, faces, isCut } = frames[2];
    const expected = await painter.next(picture, faces, isCut);
    const resumed = await other.next(picture, faces, isCut);
    expect(resumed.picture).toEqual(expected.picture);
    expect(expected.faces[0].landmarks).not.toEqual(faces[0].landmarks);
  });

  test('shows its ground where nobody is', async () => {
    const empty = createPicture(EDGE, EDGE);
    empty.data.set(at(0, 0).data);
    // The same colours, so that it is no cut, and no face.
    const random = seededRandom(3);
    for (let i = empty.data.length / 4 - 1; i > 0; i--) {
      const k = Math.floor(random() * (i + 1));
      for (let c = 0; c < 4; c++)
        [empty.data[4 * i + c], empty.data[4 * k + c]] = [empty.data[4 * k + c], empty.data[4 * i + c]];
    }
    const frames = [];
    for await (const frame of paintSequence([at(0, 0), empty], style, networks)) frames.push(frame);
    expect(frames.map(({ faces }) => faces.length)).toEqual([1, 0]);
    expect(difference(frames[0].picture, frames[1].picture)).toBeGreaterThan(10);
    expect(difference(empty, frames[1].picture)).toBeGreaterThan(10);
  });
});
