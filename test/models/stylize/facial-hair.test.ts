import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { facePositions } from '../../../models/face/face-frame.ts';
import {
  contourMask,
  type FaceNetworks,
  faceMask,
  LIPS_OUTER,
  loadFaceNetworks,
} from '../../../models/face/index.ts';
import { labPlanes } from '../../../models/image/colour.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { segmentPortrait } from '../../../models/segment/segments.ts';
import { regionsOf } from '../../../models/stylize/regions.ts';
import { ASTRONAUT, JOCONDE, readPicture, sharedData } from '../face/pictures.ts';
import { noise } from '../image/planes.ts';
import { meanFaceAt, turnedAbout } from './mean-face.ts';

const [WIDTH, HEIGHT] = [180, 210];
const CENTRE = [90, 85] as const;
const face = meanFaceAt(CENTRE, 80);
const grain = noise(WIDTH, HEIGHT, 1, 2);
const sumOf = ({ data }: Plane) => data.reduce((sum, value) => sum + value, 0);

/** A face of one skin with something painted on it. @param paint lightness of a pixel that is at (x, y) face heights */
function regionsAt(landmarks: Float32Array, skinTone: number, paint: Painting) {
  const places = facePositions(landmarks, WIDTH, HEIGHT);
  const l = createPlane(WIDTH, HEIGHT);
  for (let i = 0; i < l.data.length; i++) {
    const [x, y, radius] = [places.x.data[i], places.y.data[i], places.radius.data[i]];
    l.data[i] = grain.data[i] + (paint(x, y, radius, i) ?? skinTone);
  }
  const skin = faceMask(landmarks, WIDTH, HEIGHT, 0);
  const rest = { ...skin, data: skin.data.map((value) => 1 - value) };
  const none = createPlane(WIDTH, HEIGHT);
  const segments = { background: rest, skin, hair: none, clothes: none };
  const lab = { l, a: createPlane(WIDTH, HEIGHT, 12), b: createPlane(WIDTH, HEIGHT, 14) };
  return {
    segments,
    places,
    regions: regionsOf(lab, segments, { landmarks, interocular: face.interocular }),
  };
}
type Painting = (x: number, y: number, radius: number, i: number) => number | null;

const lips = contourMask(face.landmarks, LIPS_OUTER, WIDTH, HEIGHT, 0);
/** Around the mouth, over the chin and up the jaws. */
const isBeard = (y: number, radius: number, i: number) => y > 0.17 && radius < 0.97 && lips.data[i] === 0;

const hairOf = (paint: Painting, skinTone = 65) =>
  regionsAt(face.landmarks, skinTone, paint).regions.facialHair;
const beard =
  (lightness: number): Painting =>
  (_, y, radius, i) =>
    isBeard(y, radius, i) ? lightness : null;

describe('a painted face', () => {
  test.each([30, 45, 65, 85])('of clean skin has none: L* %i', (tone) => {
    expect(sumOf(hairOf(() => null, tone))).toBe(0);
  });

  test.each([
    ['dark', 65, beard(28)],
    ['dark on dark skin', 38, beard(10)],
    [
      'as light as the skin, but rough',
      65,
      ((_x, y, r, i) =>
        isBeard(y, r, i) ? 65 + 16 * (((i * 2654435761) % 2 ** 32) / 2 ** 32 - 0.5) : null) as Painting,
    ],
  ])('with a beard has it there and nowhere else: %s', (_, tone, paint) => {
    const { places, regions } = regionsAt(face.landmarks, tone, paint);
    const { facialHair } = regions;
    let [found, grown, above] = [0, 0, 0];
    for (let i = 0; i < facialHair.data.length; i++) {
      if (isBeard(places.y.data[i], places.radius.data[i], i) && places.radius.data[i] < 0.8) {
        grown++;
        found += facialHair.data[i];
      }
      if (places.y.data[i] < 0.1) above += facialHair.data[i];
    }
    expect(found / grown).toBeGreaterThan(0.6);
    expect(above).toBe(0);
  });

  test('that tilts has the same beard', () => {
    const turned = turnedAbout(face.landmarks, CENTRE, 0.35);
    const upright = hairOf((_, y, radius) => (y > 0.17 && radius < 0.97 ? 28 : null));
    const tilted = regionsAt(turned, 65, (_, y, radius) => (y > 0.17 && radius < 0.97 ? 28 : null));
    const ratio = sumOf(tilted.regions.facialHair) / sumOf(upright);
    expect(Math.abs(Math.log(ratio))).toBeLessThan(0.12);
  });

  test.each([
    ['one side in shadow', ((x) => (x > 0.02 ? 40 : null)) as Painting],
    ['lit from above', ((_, y) => 72 - 14 * (y + 0.5)) as Painting],
    [
      'a dark line of a fold at each side of the mouth',
      ((x, y) => (y > 0.1 && Math.abs(Math.abs(x) - 0.22) < 0.008 ? 38 : null)) as Painting,
    ],
    ['dark lips', ((_x, _y, _r, i) => (lips.data[i] ? 35 : null)) as Painting],
  ])('without a beard has none, though %s', (_, paint) => {
    expect(sumOf(hairOf(paint)) / sumOf(faceMask(face.landmarks, WIDTH, HEIGHT, 0))).toBeLessThan(0.01);
  });
});

test('dark below the mouth and on one jaw alone, it is no beard on that jaw', () => {
  const { places, regions } = regionsAt(face.landmarks, 65, (x, y, radius, i) =>
    x > -0.1 && isBeard(y, radius, i) ? 28 : null,
  );
  const jaw = regions.facialHair.data.filter((_, i) => places.x.data[i] > 0.22);
  expect(Math.max(...jaw)).toBeLessThan(0.2);
});

test('a beard is hair, not skin, and hides features', () => {
  const { segments, regions } = regionsAt(face.landmarks, 65, beard(28));
  const clean = regionsAt(face.landmarks, 65, () => null).regions;
  for (let i = 0; i < regions.skin.data.length; i++) {
    expect(regions.skin.data[i] + regions.hair.data[i]).toBeCloseTo(segments.skin.data[i], 5);
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
    const { facialHair, face: oval } = regionsOf(labPlanes(picture), segments, found);
    return sumOf(facialHair) / sumOf(oval);
  };

  test.each([
    ['a photograph', ASTRONAUT, 512],
    ['a painting', JOCONDE, 512],
    ['a painting whose face is 30 px small', JOCONDE, 186],
  ])('of a woman shows none: %s', async (_, path, width) => {
    expect(await shareIn(path, width)).toBeLessThan(0.005);
  });

  const folder = sharedData('portraits');
  describe.runIf(folder)('of the shared portraits', () => {
    test.each(['house_raul-grijalva', 'house_al-green'])('shows what %s wears', async (name) => {
      expect(await shareIn(`${folder}/${name}.jpg`)).toBeGreaterThan(0.1);
    });

    test.each([180, 512])('shows as much at another size: %i px', async (width) => {
      const path = `${folder}/house_al-green.jpg`;
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
