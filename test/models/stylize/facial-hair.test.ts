import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { facePositions } from '../../../models/face/face-frame.ts';
import {
  contourMask,
  type FaceNetworks,
  faceMask,
  LIPS_OUTER,
  loadFaceNetworks,
} from '../../../models/face/index.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { segmentPortrait } from '../../../models/segment/segments.ts';
import { facialHairOn } from '../../../models/stylize/facial-hair.ts';
import { regionsOf } from '../../../models/stylize/regions.ts';
import { ASTRONAUT, JOCONDE, PORTRAITS, readPicture, sharedData } from '../face/pictures.ts';
import { meanFaceAt, turnedAbout } from './mean-face.ts';

const [WIDTH, HEIGHT] = [180, 210];
const CENTRE = [90, 85] as const;
const face = meanFaceAt(CENTRE, 80);
const sumOf = ({ data }: Plane) => data.reduce((sum, value) => sum + value, 0);

/** What the network may say of a face: so sure of hair where `isHair`, by place in face heights. */
function shareOf(sure: number, isHair: (x: number, y: number) => boolean, landmarks = face.landmarks): Plane {
  const lips = contourMask(landmarks, LIPS_OUTER, WIDTH, HEIGHT, 0);
  const { x, y, radius } = facePositions(landmarks, WIDTH, HEIGHT);
  const share = createPlane(WIDTH, HEIGHT);
  for (let i = 0; i < share.data.length; i++)
    if (isHair(x.data[i], y.data[i]) && radius.data[i] < 0.97 && !lips.data[i]) share.data[i] = sure;
  return share;
}
const isBeard = (_: number, y: number) => y > 0.17;
const hairOf = (share: Plane, { landmarks, interocular } = face) =>
  sumOf(facialHairOn(share, { landmarks, interocular }));

describe('of what the network says', () => {
  test('a sure beard is hair all over, an unsure one none', () => {
    const all = sumOf(shareOf(1, isBeard));
    expect(hairOf(shareOf(0.7, isBeard)) / all).toBeGreaterThan(0.9);
    expect(hairOf(shareOf(0.2, isBeard))).toBe(0);
  });

  test('hair on one side alone is none: a hand, a microphone, a shadow', () => {
    const both = hairOf(shareOf(1, isBeard));
    expect(hairOf(shareOf(1, (x, y) => isBeard(x, y) && x > 0.12)) / both).toBeLessThan(0.03);
  });

  test('a head that tilts has the same beard', () => {
    const landmarks = turnedAbout(face.landmarks, CENTRE, 0.35);
    const tilted = hairOf(shareOf(1, isBeard, landmarks), { ...face, landmarks });
    expect(Math.abs(Math.log(tilted / hairOf(shareOf(1, isBeard))))).toBeLessThan(0.12);
  });
});

test('a beard is hair, not skin, and hides features', () => {
  const skin = faceMask(face.landmarks, WIDTH, HEIGHT, 0);
  const rest = { ...skin, data: skin.data.map((value) => 1 - value) };
  const none = createPlane(WIDTH, HEIGHT);
  const segments = { background: rest, skin, hair: none, clothes: none, facialHair: none };
  const clean = regionsOf(segments, face);
  const regions = regionsOf({ ...segments, facialHair: shareOf(1, isBeard) }, face);
  expect(sumOf(clean.facialHair)).toBe(0);
  for (let i = 0; i < regions.skin.data.length; i++) {
    expect(regions.skin.data[i] + regions.hair.data[i]).toBeCloseTo(skin.data[i], 5);
    expect(regions.features.data[i]).toBeCloseTo(
      clean.features.data[i] * (1 - regions.facialHair.data[i]),
      5,
    );
  }
  expect(sumOf(regions.hair)).toBeGreaterThan(0.1 * sumOf(regions.face));
});

describe('a picture', () => {
  let networks: FaceNetworks;
  beforeAll(async () => {
    networks = await loadFaceNetworks({ device: 'cpu' });
  });
  afterAll(() => networks.release());

  /** Facial hair over the area of the face. */
  const shareIn = async (path: string, width = 256) => {
    const picture = await readPicture(path, width);
    const [found] = await networks.findFaces(picture);
    const parsing = await networks.parse(picture, found);
    const segments = segmentPortrait(picture, parsing, await networks.matte(picture, found));
    const { facialHair, face: oval } = regionsOf(segments, found);
    return sumOf(facialHair) / sumOf(oval);
  };

  test.each([
    ['a photograph', ASTRONAUT, 512],
    ['a painting', JOCONDE, 512],
    ['a painting whose face is 30 px small', JOCONDE, 186],
  ])('of a woman shows none: %s', async (_, path, width) => {
    expect(await shareIn(path, width)).toBeLessThan(0.005);
  });

  test('of a bearded man shows his beard', async () => {
    expect(await shareIn(PORTRAITS['green'], 320)).toBeGreaterThan(0.1);
  });

  const folder = sharedData('portraits');
  describe.runIf(folder)('of the shared portraits', () => {
    test.each(['house_raul-grijalva', 'house_dan-newhouse'])('shows what %s wears', async (name) => {
      expect(await shareIn(`${folder}/${name}.jpg`)).toBeGreaterThan(0.1);
    });

    test.each([180, 512])('shows as much at another size: %i px', async (width) => {
      const path = `${folder}/house_dan-newhouse.jpg`;
      expect((await shareIn(path, width)) / (await shareIn(path))).toBeCloseTo(1, 0);
    });

    test.each(['house_nancy-pelosi', 'house_karen-bass', 'house_mike-gallagher', 'governors_bill-lee'])(
      'shows none on %s',
      async (name) => {
        expect(await shareIn(`${folder}/${name}.jpg`)).toBeLessThan(0.005);
      },
    );
  });
});
