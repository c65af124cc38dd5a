import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FaceNetworks } from '../../../models/face/index.ts';
import { SequencePainter, trackSequence } from '../../../models/sequence/index.ts';
import type { PreparedStyle } from '../../../models/stylize/stylize.ts';
import type { TrackedFace } from '../../../models/track/index.ts';
import { at, difference, loadAstronaut } from './moving-astronaut.ts';

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
