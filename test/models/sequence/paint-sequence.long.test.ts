import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FaceNetworks } from '../../../models/face/index.ts';
import { createPicture, type Picture } from '../../../models/image/picture.ts';
import { seededRandom } from '../../../models/image/random.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import {
  paintSequence,
  paintShots,
  type SequenceOptions,
  SequencePainter,
  type TrackedFrame,
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

  test('begun at a later picture is steady both ways, and is gone on with by another painter', async () => {
    const blurred = resizePicture(resizePicture(at(0, 0), 64, 64), EDGE, EDGE);
    const moves: readonly (readonly [number, number])[] = [
      [0, 0],
      [0, 0],
      [2, 1],
      [2, 1],
      [3, 1],
      [4, 1],
    ];
    const pictures = moves.map(([x, y], i) => (i === 0 ? blurred : at(x, y)));
    const frames: TrackedFrame[] = [];
    for await (const frame of trackSequence(pictures, networks)) frames.push(frame);
    const painter = new SequencePainter(style, networks);
    const painted = [];
    const goesOn = [];
    for await (const run of paintShots(frames, painter)) {
      painted.push(...run);
      const frame = frames[painted.length];
      const other = new SequencePainter(style, networks);
      other.load(structuredClone(painter.save()));
      if (frame) goesOn.push((await other.next(frame.picture, frame.faces, frame.isCut)).picture);
    }
    const begun = painted.flatMap(({ matchedAgain }, i) => (matchedAgain === 1 ? [i] : []));
    expect(begun).toEqual([frames.length - goesOn.length - 1]);
    expect(begun[0]).toBeGreaterThan(0);
    expect(painted.map(({ isCut }) => isCut)).toEqual(moves.map((_, i) => i === 0));
    for (const [i, [x, y]] of moves.entries()) {
      const [toX, toY] = moves[begun[0]];
      expect(difference(painted[i].picture, painted[begun[0]].picture, toX - x, toY - y)).toBeLessThan(
        i ? 2 : 4,
      );
    }
    const onward = new SequencePainter(style, networks);
    for (const [i, { picture, faces }] of frames.slice(begun[0]).entries())
      expect((await onward.next(picture, faces, i === 0)).picture).toEqual(painted[begun[0] + i].picture);
    expect(goesOn.length).toBeGreaterThan(0);
    expect(goesOn).toEqual(painted.slice(-goesOn.length).map(({ picture }) => picture));
  });

  test('keeps the one of two first paintings that is nearer in face, and goes on with it', async () => {
    const frames: TrackedFrame[] = [];
    for await (const frame of trackSequence([at(0, 0), at(1, 0), at(3, 0)], networks)) frames.push(frame);
    /** Where the n-th painting is like the portrait and the others are not. */
    const likeAt = (n: number): FaceNetworks => {
      const seen: Picture[] = [];
      const embed = async (picture: Picture) => {
        if (picture === frames[0].picture) return Float32Array.of(1, 0);
        seen.push(picture);
        return seen.length === n ? Float32Array.of(1, 0) : Float32Array.of(0, 1);
      };
      return { ...networks, embed };
    };
    const painters = [1, 2].map((n) => new SequencePainter(style, likeAt(n)));
    const [{ picture, faces, isCut }, next, last] = frames;
    const [one, two] = [
      await painters[0].next(picture, faces, isCut, 2),
      await painters[1].next(picture, faces, isCut, 2),
    ];
    const single = await new SequencePainter(style, networks).next(picture, faces, isCut);
    expect(one.picture).toEqual(single.picture);
    expect(difference(one.picture, two.picture)).toBeGreaterThan(1);
    const other = new SequencePainter(style, networks);
    other.load(structuredClone(painters[1].save()));
    for (const frame of [next, last]) {
      const expected = await painters[1].next(frame.picture, frame.faces, false);
      expect((await other.next(frame.picture, frame.faces, false)).picture).toEqual(expected.picture);
      expect(difference(two.picture, expected.picture, frame === next ? 1 : 3)).toBeLessThan(2);
    }
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
