import { describe, expect, test } from 'vitest';
import { createPicture } from '../../../models/image/picture.ts';
import type { TrackedFrame } from '../../../models/sequence/index.ts';
import { paintShots, type ShotPainter, type ShotPainting } from '../../../models/sequence/paint-shots.ts';
import type { TrackedFace } from '../../../models/track/index.ts';
import { meanFaceAt } from '../stylize/mean-face.ts';

const plain: TrackedFace = { ...meanFaceAt([8, 8], 6), identity: 0, source: 'mesh' };
const unsure: TrackedFace = { ...plain, score: 0.6 };

/** A picture of which the first byte is its number. */
function numbered(number: number, face: TrackedFace | null, isCut = false, edge = 16): TrackedFrame {
  const picture = createPicture(edge, edge);
  picture.data[0] = number;
  return { picture, faces: face ? [face] : [], isCut };
}

/** Says what it is asked; a painting's first bytes are its number and that of the one that it goes on from. */
class Recorder {
  readonly asked: string[] = [];
  readonly largest: (number | undefined)[] = [];
  #last: number | null;

  constructor(last: number | null = null) {
    this.#last = last;
  }

  get last(): number | null {
    return this.#last;
  }

  readonly painter = {
    begins: ({ faces, isCut }: TrackedFrame) => faces.length > 0 && (isCut || this.#last === null),
    next: async (
      picture: TrackedFrame['picture'],
      faces: readonly TrackedFace[],
      isCut: boolean,
      tries = 1,
    ) => {
      const [number] = picture.data;
      this.largest.push(faces[0]?.identity);
      this.asked.push(`${number}${isCut ? ' begins' : ''}${tries > 1 ? ` of ${tries}` : ''}`);
      const painted = createPicture(1, 1);
      painted.data.set([number, isCut ? number : (this.#last ?? 255)]);
      if (isCut || this.#last === null) this.#last = null;
      if (faces.length > 0 || this.#last !== null) this.#last = number;
      return { picture: painted, faces, isCut, warnings: [], matchedAgain: 0, isNewKey: false };
    },
    mark: () => {
      const last = this.#last;
      return () => {
        this.#last = last;
      };
    },
  } satisfies ShotPainter;
}

async function paintAll(frames: readonly TrackedFrame[], options?: ShotPainting, recorder = new Recorder()) {
  const runs = [];
  for await (const run of paintShots(frames, recorder.painter, options)) runs.push(run);
  const all = runs.flat();
  return {
    asked: recorder.asked,
    largest: recorder.largest,
    runs: runs.map((run) => run.length),
    given: all.map(({ picture }) => picture.data[0]),
    from: all.map(({ picture }) => picture.data[1]),
    cuts: all.flatMap(({ isCut }, i) => (isCut ? [i] : [])),
  };
}

const faces = [unsure, unsure, plain, unsure, unsure];
const shot = (first: number) => faces.map((face, i) => numbered(first + i, face, i === 0));

describe('a shot', () => {
  test('is painted from its best picture back to its first, and on', async () => {
    const { asked, given, from, cuts } = await paintAll(shot(0));
    expect(asked).toEqual(['2 begins', '1', '0', '3', '4']);
    expect(given).toEqual([0, 1, 2, 3, 4]);
    expect(from).toEqual([1, 2, 2, 2, 3]);
    expect(cuts).toEqual([0]);
  });

  test('is that of whoever is largest in its first picture', async () => {
    const closer: TrackedFace = { ...meanFaceAt([8, 8], 7), identity: 1, source: 'mesh' };
    const [first, second] = [numbered(0, unsure, true), numbered(1, closer)];
    const { asked, largest } = await paintAll([first, { ...second, faces: [closer, plain] }]);
    expect(asked).toEqual(['1 begins', '0']);
    expect(largest[0]).toBe(0);
  });

  test('has nothing to do with the one before', async () => {
    const { given, from, cuts } = await paintAll([...shot(0), ...shot(5), numbered(10, plain, true)]);
    expect(given).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(from.slice(5)).toEqual([6, 7, 7, 7, 8, 10]);
    expect(cuts).toEqual([0, 5, 10]);
  });

  test('begins where it first shows a face; what comes before is given at once', async () => {
    const [first, second, ...rest] = shot(2);
    const frames = [numbered(0, null, true), numbered(1, null), { ...first, isCut: false }, second, ...rest];
    const { asked, runs, given, cuts } = await paintAll(frames);
    expect(asked.slice(0, 3)).toEqual(['0 begins', '1', '4 begins']);
    expect(runs).toEqual([1, 1, 3, 1, 1]);
    expect(given).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(cuts).toEqual([0]);
  });

  test('is gone on with by another painter after each few pictures that are given', async () => {
    const frames = [...shot(0), ...shot(5)];
    const whole = await paintAll(frames);
    const recorder = new Recorder();
    let done = 0;
    for await (const run of paintShots(frames, recorder.painter)) {
      done += run.length;
      const other = new Recorder(recorder.last);
      const rest = await paintAll(frames.slice(done), undefined, other);
      expect(rest.given).toEqual(whole.given.slice(done));
      expect(rest.from).toEqual(whole.from.slice(done));
    }
    expect(done).toBe(10);
  });

  test('says of each picture when it is painted', async () => {
    let painted = 0;
    const { asked } = await paintAll(shot(0), { onPainted: () => painted++ });
    expect(painted).toBe(asked.length);
  });

  test('begins at its first picture where nothing is looked for', async () => {
    expect((await paintAll(shot(0), { opening: 1 })).asked[0]).toBe('0 begins');
  });

  test('is begun among so many pictures that memory does not grow with its length', async () => {
    const late = (count: number, edge?: number) =>
      Array.from({ length: count + 1 }, (_, i) => numbered(i, i < count ? unsure : plain, i === 0, edge));
    expect((await paintAll(late(23))).asked[0]).toBe('23 begins of 2');
    expect((await paintAll(late(24))).asked[0]).toBe('0 begins of 2');
    // 2²⁵ pixels hold two of these.
    expect((await paintAll(late(1, 4096))).asked[0]).toBe('1 begins');
    expect((await paintAll(late(2, 4096))).asked[0]).toBe('0 begins');
    expect((await paintAll(late(1, 6000))).asked[0]).toBe('0 begins');
  });
});
