import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FaceNetworks } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { SequencePainter, type TrackedFrame, trackSequence } from '../../../models/sequence/index.ts';
import { type PreparedStyle, stylize } from '../../../models/stylize/stylize.ts';
import type { TrackedFace } from '../../../models/track/index.ts';
import { at, closer, difference, EDGE, loadAstronaut } from './moving-astronaut.ts';

let networks: FaceNetworks;
let style: PreparedStyle;
beforeAll(async () => {
  ({ networks, style } = await loadAstronaut());
});
afterAll(() => networks.release());

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

/** Mean difference of neighbours in the middle of the face: how fine strokes are. */
function texture({ data }: Picture): number {
  let sum = 0;
  for (let y = 30; y < 70; y++)
    for (let x = 45; x < 80; x++)
      sum += Math.abs(data[4 * (y * EDGE + x) + 1] - data[4 * (y * EDGE + x) + 5]);
  return sum / (40 * 35);
}

async function first<T>(items: AsyncIterable<T>): Promise<[T]> {
  for await (const item of items) return [item];
  throw new Error('Expected one.');
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

  test('begins somebody anew whom it cannot follow, and not where only the light changes', async () => {
    const [{ picture, faces }] = await first(trackSequence([at(0, 0)], networks));
    const dark = { ...picture, data: picture.data.map((value, i) => (i % 4 === 3 ? 255 : value / 2)) };
    const negative = { ...picture, data: picture.data.map((value, i) => (i % 4 === 3 ? 255 : 255 - value)) };
    const painter = new SequencePainter(style, networks);
    await painter.next(picture, faces, true);
    expect((await painter.next(dark, faces, false)).matchedAgain).toBeLessThan(0.9);
    const elsewhere = faces.map((face) => ({
      ...face,
      landmarks: face.landmarks.map((value, i) => (i % 3 === 0 ? value + 0.5 * face.interocular : value)),
    }));
    expect((await painter.next(negative, elsewhere, false)).matchedAgain).toBe(1);
  });

  test('gives a head that has come closer a new canvas, with strokes as fine as those of a still', async () => {
    const pictures = Array.from({ length: 11 }, (_, i) => closer(1.07 ** i));
    const painter = new SequencePainter(style, networks);
    const painted = [];
    let last: TrackedFrame | null = null;
    for await (const frame of trackSequence(pictures, networks)) {
      painted.push(await painter.next(frame.picture, frame.faces, frame.isCut));
      last = frame;
    }
    expect(painted.filter(({ isNewKey }) => isNewKey)).toHaveLength(1);
    const still = await stylize(pictures[10], style, networks);
    expect(texture(painted[10].picture)).toBeGreaterThan(0.85 * texture(still.picture));
    const other = new SequencePainter(style, networks);
    other.load(structuredClone(painter.save()));
    const next = await painter.next(pictures[10], last?.faces ?? [], false);
    expect((await other.next(pictures[10], last?.faces ?? [], false)).picture).toEqual(next.picture);
  });
});
