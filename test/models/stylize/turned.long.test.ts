/** Pictures that lie on their side: the same is painted as of the upright ones, and turned back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FaceNetworks, loadFaceNetworks, turnFace } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { turnPicture } from '../../../models/image/turn.ts';
import { measure } from '../../../models/stylize/measure.ts';
import { type PreparedStyle, prepareStyle, stylize } from '../../../models/stylize/stylize.ts';
import { ASTRONAUT, collage, JOCONDE, readPicture } from '../face/pictures.ts';

let networks: FaceNetworks;
let portrait: Picture;
let reference: Picture;
let style: PreparedStyle;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
  [portrait, reference] = [await readPicture(ASTRONAUT, 160), await readPicture(JOCONDE, 160)];
  style = await prepareStyle(reference, networks);
});
afterAll(() => networks.release());

test.each([
  [1, 'style'],
  [2, 'keep'],
  [3, 'transparent'],
] as const)('a portrait turned by %i quarters, background %s', async (quarters, background) => {
  const upright = await stylize(portrait, style, networks, { background, quality: 'draft' });
  const turned = turnPicture(portrait, quarters);
  const result = await stylize(turned, style, networks, { background, quality: 'draft' });
  expect(result.picture).toEqual(turnPicture(upright.picture, quarters));
  const [painted, own] = [result.painted, upright.painted].map((plane) => [plane.width, plane.height]);
  expect(painted).toEqual(quarters % 2 === 1 ? own.toReversed() : own);
});

test('is measured as the upright one', async () => {
  const upright = await stylize(portrait, style, networks, { quality: 'draft' });
  const [face, turned] = [upright.faces[0], turnPicture(portrait, 1)];
  const result = turnPicture(upright.picture, 1);
  const metrics = await measure(
    {
      portrait: turned,
      portraitFace: turnFace(face, 1, portrait),
      result,
      reference,
      referenceFace: style.face,
    },
    networks,
  );
  const expected = await measure(
    { portrait, portraitFace: face, result: upright.picture, reference, referenceFace: style.face },
    networks,
  );
  for (const name of ['identity', 'landmarkError', 'completeness', 'coherence', 'styleDistance'] as const) {
    expect(metrics[name]).toBeCloseTo(expected[name] as number, 4);
  }
});

test('several people in it are painted', async () => {
  const both = await collage(330, 170, [
    { path: ASTRONAUT, width: 160, left: 0, top: 5 },
    { path: ASTRONAUT, width: 150, left: 175, top: 10 },
  ]);
  const upright = await stylize(both, style, networks, { quality: 'draft' });
  const { picture, faces } = await stylize(turnPicture(both, 1), style, networks, { quality: 'draft' });
  expect(faces).toHaveLength(2);
  expect(picture).toEqual(turnPicture(upright.picture, 1));
});

test('a reference on its head is a style as good', async () => {
  const turned = await prepareStyle(turnPicture(reference, 2), networks);
  expect(turned.reference).toEqual(reference);
  const [one, other] = [style, turned].map((by) => stylize(portrait, by, networks, { quality: 'draft' }));
  expect((await other).picture).toEqual((await one).picture);
});
