import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FaceNetworks } from '../../../models/face/index.ts';
import { createPicture, type Picture } from '../../../models/image/picture.ts';
import { seededRandom } from '../../../models/image/random.ts';
import {
  paintSequence,
  type SequenceOptions,
  SequencePainter,
  trackSequence,
} from '../../../models/sequence/index.ts';
import { type PreparedStyle, stylize } from '../../../models/stylize/stylize.ts';
import { at, difference, EDGE, loadAstronaut } from './moving-astronaut.ts';

let networks: FaceNetworks;
let style: PreparedStyle;
beforeAll(async () => {
  ({ networks, style } = await loadAstronaut());
});
afterAll(() => networks.release());

async function paintAll(pictures: readonly Picture[], options: SequenceOptions = {}): Promise<Picture[]> {
  const out: Picture[] = [];
  for await (const { picture } of paintSequence(pictures, style, networks, options)) out.push(picture);
  return out;
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
