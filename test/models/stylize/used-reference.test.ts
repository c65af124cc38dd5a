/** References that show more than one sitter, a frame, or a cut-out. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Face, type FaceNetworks, findUpright, loadFaceNetworks } from '../../../models/face/index.ts';
import type { Picture, Rect } from '../../../models/image/picture.ts';
import { turnPicture } from '../../../models/image/turn.ts';
import { placesOf } from '../../../models/stylize/corrections.ts';
import { findStyleFace } from '../../../models/stylize/style-face.ts';
import { type PreparedStyle, prepareStyle, stylize } from '../../../models/stylize/stylize.ts';
import { knownFace, numberIn, referenceMatte, usedPart } from '../../../models/stylize/used-reference.ts';
import { ASTRONAUT, collage, JOCONDE, readPicture } from '../face/pictures.ts';

let networks: FaceNetworks;
let sheet: Picture;
let style: PreparedStyle;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
  // Two panels, side by side.
  sheet = await collage(420, 260, [
    { path: JOCONDE, width: 160, left: 0, top: 0 },
    { path: ASTRONAUT, width: 240, left: 170, top: 0 },
  ]);
  style = await prepareStyle(sheet, networks);
});
afterAll(() => networks.release());

describe('a sheet of two sitters', () => {
  test('the largest is used, and named', () => {
    expect(style.used).toMatchObject({ number: 2, count: 2 });
    expect(style.warnings[0]).toMatch(/shows 2 faces; number 2 from the left is used, of the picture \d+×/);
    const { x, width } = style.used!.part;
    expect(x).toBeGreaterThan(150);
    expect(style.reference.width).toBe(width);
  });

  test('its faces are told from the left, as the picture was given', async () => {
    const middles = (boxes: readonly Rect[]) => boxes.map(({ x, width }) => x + width / 2);
    const { boxes, number, face } = style.used!;
    expect(boxes[number - 1]).toEqual(face.box);
    const [left, right] = middles(boxes);
    expect(left).toBeLessThan(160);
    expect(right).toBeGreaterThan(170);
    const lying = await prepareStyle(turnPicture(sheet, 1), networks);
    const heights = lying.used!.boxes.map(({ y, height }) => y + height / 2);
    // Turned clockwise, what was at the left is at the top.
    expect(Math.min(...heights)).toBeCloseTo(left, -1);
    expect(Math.max(...heights)).toBeCloseTo(right, -1);
  });

  test('another can be chosen, which leaves nothing of the first', async () => {
    const first = await style.ofFace(1);
    expect(first.used).toMatchObject({ number: 1, count: 2 });
    expect(first.used!.part.x + first.used!.part.width).toBeLessThan(185);
    expect(await first.ofFace(1)).toBe(first);
    expect(await first.ofFace(0)).toBe(style);
    const portrait = await readPicture(ASTRONAUT, 120);
    const [by, chosen] = [
      await stylize(portrait, first, networks, { quality: 'draft', referenceFace: 1 }),
      await stylize(portrait, style, networks, { quality: 'draft', referenceFace: 1 }),
    ];
    expect(chosen.picture).toEqual(by.picture);
    expect(chosen.reference).toEqual(first.used);
  });

  test('what a person has corrected is of the largest alone', async () => {
    const corrected = await prepareStyle(sheet, networks, { corrections: { chin: [0, 0.2] } });
    expect(corrected.face.landmarks).not.toEqual(style.face.landmarks);
    const [first, own] = [await corrected.ofFace(1), await style.ofFace(1)];
    expect(first.face.landmarks).toEqual(own.face.landmarks);
  });

  test('or of the one that it was said to be of', async () => {
    const options = { corrections: { chin: [0, 0.2] }, correctedFace: 1 } as const;
    const corrected = await prepareStyle(sheet, networks, options);
    expect(corrected.face.landmarks).toEqual(style.face.landmarks);
    const [first, own] = [await corrected.ofFace(1), await style.ofFace(1)];
    const chin = (face: Face) => placesOf(face).chin[1];
    expect(chin(first.face)).toBeCloseTo(chin(own.face) + 0.2 * own.face.interocular, 1);
    const another = prepareStyle(sheet, networks, { ...options, correctedFace: 3 });
    await expect(another).rejects.toMatchObject({ code: 'NO_SUCH_FACE' });
  });

  test('a face is looked at for handles, and a style has those of one', async () => {
    const corrections = { chin: [0, 0.2] } as const;
    const look = (number: number, correctedFace: number) =>
      findStyleFace(sheet, networks, number, { corrections, correctedFace });
    expect(await look(1, 1)).toMatchObject({ used: { number: 1 }, kept: corrections });
    expect(await look(1, 0)).toMatchObject({ used: { number: 1 }, kept: null });
    expect(await look(0, 2)).toMatchObject({ used: { number: 2 }, kept: corrections });
  });

  test('one that a style is made by is known by its place where more faces are found', async () => {
    // In the picture that the style was made of, the one at the right was the third.
    const known = knownFace(3, style.used!.face.landmarks, sheet);
    const made = { corrections: { chin: [0, 0.2] }, correctedFace: 3, knownFace: known } as const;
    const corrected = await prepareStyle(sheet, networks, made);
    const chosen = await corrected.ofFace(3);
    expect(chosen.used).toMatchObject({ number: 2, count: 2 });
    expect(chosen.face.landmarks).not.toEqual(style.face.landmarks);
    await expect(corrected.ofFace(4)).rejects.toMatchObject({ code: 'NO_SUCH_FACE' });
  });

  test('one that is not there is an error', async () => {
    await expect(style.ofFace(3)).rejects.toMatchObject({
      code: 'NO_SUCH_FACE',
      message: expect.stringContaining('shows 2 faces, but number 3'),
    });
  });

  test('places are those of the picture as it was given', async () => {
    const turned = await findUpright(turnPicture(sheet, 2), networks);
    // On its head, the one on the right comes first.
    expect(numberIn(turned, 0)).toBe(1);
    const { used } = usedPart(turned, 1);
    // The other one's panel begins at 260; the face lies wholly in the part.
    expect(used.part.x + used.part.width).toBeLessThanOrEqual(260);
    expect(used.part.x).toBeLessThan(used.face.box.x);
    expect(used.face.box.x + used.face.box.width).toBeLessThan(used.part.x + used.part.width);
  });
});

test('a frame is left out, and said', async () => {
  const framed = await collage(240, 300, [{ path: ASTRONAUT, width: 200, left: 20, top: 20 }]);
  const { warnings, used, reference } = await prepareStyle(framed, networks);
  expect(warnings[0]).toMatch(/frame or margin, which is left out: used are \d+×\d+ px at 2\d, 2\d/);
  expect(used!.part.width).toBeLessThanOrEqual(200);
  expect([reference.width, reference.height]).toEqual([used!.part.width, used!.part.height]);
});

test('the alpha of a cut-out is its matte', async () => {
  const picture = await readPicture(JOCONDE, 160);
  const [face] = await networks.findFaces(picture);
  const matte = await networks.matte(picture, face);
  const data = picture.data.slice();
  for (let i = 0; i < matte.data.length; i++) data[4 * i + 3] = matte.data[i] > 0.5 ? 255 : 0;
  const part = usedPart(await findUpright({ ...picture, data }, networks), 1);
  const own = await referenceMatte(part, networks);
  expect(Array.from(own.data)).toEqual(Array.from(matte.data, (value) => (value > 0.5 ? 1 : 0)));
  const { source } = (await prepareStyle({ ...picture, data }, networks)).view(1, 0);
  // Nothing is painted from what is hidden.
  expect(source[0].valid[0]).toBe(0);
  expect(source[0].valid.some((value) => value === 1)).toBe(true);
});
