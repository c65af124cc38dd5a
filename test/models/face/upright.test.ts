import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Face,
  type FaceNetworks,
  findUpright,
  loadFaceNetworks,
  quartersToUpright,
  turnFace,
} from '../../../models/face/index.ts';
import { createPicture, type Picture } from '../../../models/image/picture.ts';
import { turnPicture } from '../../../models/image/turn.ts';
import { ASTRONAUT, collage, JOCONDE, landmarkError, readPicture } from './pictures.ts';

let networks: FaceNetworks;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
});
afterAll(() => networks.release());

describe.each([
  ['a photograph', ASTRONAUT],
  ['a painting', JOCONDE],
])('%s', (_, path) => {
  test.each([0, 1, 2, 3])('turned by %i quarters is turned back', async (quarters) => {
    const picture = await readPicture(path, 256);
    const [face] = (await findUpright(picture, networks)).faces;
    const upright = await findUpright(turnPicture(picture, quarters), networks);
    expect(upright.quarters).toBe((4 - quarters) % 4);
    expect(upright.picture).toEqual(picture);
    expect(landmarkError(upright.faces[0].landmarks, face.landmarks, face.interocular)).toBeLessThan(1e-6);
  });
});

test('several people turn together', async () => {
  const both = await collage(600, 300, [
    { path: ASTRONAUT, width: 280, left: 0, top: 10 },
    { path: ASTRONAUT, width: 260, left: 320, top: 30 },
  ]);
  const { faces, quarters } = await findUpright(turnPicture(both, 3), networks);
  expect([faces.length, quarters]).toEqual([2, 1]);
});

/** Networks that find in a picture what a function says. */
const finding = (find: (picture: Picture) => readonly Partial<Face>[]) =>
  ({ findFaces: async (picture: Picture) => find(picture) }) as unknown as FaceNetworks;
const faceAt = (degrees: number, score: number, edge = 100): Partial<Face> => ({
  angle: (degrees * Math.PI) / 180,
  score,
  box: { x: 0, y: 0, width: edge, height: edge },
});

describe('which turn', () => {
  const lying = createPicture(40, 30);

  test('a doubtful upright face gives way to a sure one in another turn', async () => {
    // A face on its head can be taken for a poor one that is upright.
    const turned = turnPicture(lying, 2);
    const networks = finding((picture) =>
      picture === lying ? [faceAt(-18, 0.99)] : [faceAt(0, picture.width === 40 ? 0.99999 : 0.2)],
    );
    expect(await findUpright(lying, networks)).toMatchObject({ quarters: 2, picture: turned });
  });

  test('and stays where no other is surer', async () => {
    const networks = finding((picture) => (picture === lying ? [faceAt(10, 0.97)] : [faceAt(0, 0.96)]));
    expect(await findUpright(lying, networks)).toMatchObject({ quarters: 0 });
  });

  test.each([
    [44, 0],
    [-44, 0],
    [46, 3],
    [-46, 1],
    [134, 3],
    [179, 2],
    [-179, 2],
  ])('a face tilted by %i° is turned by %i quarters', (degrees, quarters) => {
    expect(quartersToUpright(faceAt(degrees, 1) as Face)).toBe(quarters);
  });

  test('most of the people count, by area: one who stands on the head turns no group', async () => {
    const networks = finding(() => [faceAt(0, 1), faceAt(180, 1, 130), faceAt(2, 1)]);
    expect(await findUpright(lying, networks)).toMatchObject({ quarters: 0, picture: lying });
  });
});

test.each([1, 2, 3, -1])('a face turned by %i quarters lies where its picture shows it', async (quarters) => {
  const picture = await readPicture(ASTRONAUT, 200);
  const [face] = (await findUpright(picture, networks)).faces;
  const turned = turnFace(face, quarters, picture);
  const back = turnFace(turned, -quarters, turnPicture(picture, quarters));
  expect(landmarkError(back.landmarks, face.landmarks, face.interocular)).toBeLessThan(1e-6);
  const [found] = await networks.findFaces(turnPicture(picture, quarters));
  expect(landmarkError(turned.landmarks, found.landmarks, face.interocular)).toBeLessThan(0.06);
  expect(Math.abs(Math.sin(turned.angle - found.angle))).toBeLessThan(0.06);
});
