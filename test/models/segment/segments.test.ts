import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FaceNetworks, LEFT_EYE_OUTER, loadFaceNetworks, NOSE_TIP } from '../../../models/face/index.ts';
import type { Picture, Plane } from '../../../models/image/picture.ts';
import { createPlane } from '../../../models/image/picture.ts';
import {
  SEGMENT_NAMES,
  type SegmentName,
  type Segments,
  segmentPortrait,
} from '../../../models/segment/segments.ts';
import { ASTRONAUT, JOCONDE, readPicture } from '../face/pictures.ts';

const BALD = fileURLToPath(new URL('../../fixtures/andre-carson.jpg', import.meta.url));
/** The highest point of the mesh. */
const FOREHEAD = 10;

let networks: FaceNetworks;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
});
afterAll(() => networks.release());

async function segment(
  picture: Picture,
): Promise<{ segments: Segments; matte: Plane; landmarks: Float32Array }> {
  const [face] = await networks.findFaces(picture);
  const matte = await networks.matte(picture, face);
  const segments = segmentPortrait(picture, await networks.parse(picture, face), matte);
  return { segments, matte, landmarks: face.landmarks };
}

const share = (segments: Segments, name: SegmentName, x: number, y: number) =>
  segments[name].data[Math.round(y) * segments[name].width + Math.round(x)];

test.each([
  ['a photograph', ASTRONAUT],
  ['a painting', JOCONDE],
])('the shares of %s sum to 1, the person’s to the matte', async (_, path) => {
  const { segments, matte } = await segment(await readPicture(path));
  for (let i = 0; i < matte.data.length; i += 7) {
    const [background, skin, hair, clothes] = SEGMENT_NAMES.map((name) => segments[name].data[i]);
    expect(skin + hair + clothes).toBeCloseTo(matte.data[i], 4);
    expect(background).toBeCloseTo(1 - matte.data[i], 5);
    expect(Math.min(skin, hair, clothes)).toBeGreaterThanOrEqual(0);
  }
});

// Read off the picture by eye.
test.each([
  ['skin', 'nose', 222, 120],
  ['skin', 'cheek', 200, 130],
  ['hair', 'crown', 225, 35],
  ['hair', 'left side', 165, 75],
  ['clothes', 'sleeve', 90, 330],
  ['clothes', 'chest', 230, 330],
  ['background', 'flag', 20, 80],
  ['background', 'wall', 300, 60],
] as const)('astronaut: %s at the %s', async (name, _, x, y) => {
  const { segments } = await segment(await readPicture(ASTRONAUT));
  expect(share(segments, name, x, y)).toBeGreaterThan(0.6);
});

test('the picture’s size hardly matters', async () => {
  const [small, large] = await Promise.all(
    [300, 900].map(async (width) => segment(await readPicture(ASTRONAUT, width))),
  );
  for (const name of SEGMENT_NAMES) {
    const [a, b] = [small, large].map(({ segments }) => mean(segments[name]));
    expect(Math.abs(a - b), name).toBeLessThan(0.03);
  }
});

test('a bald head has skin and no hair', async () => {
  const { segments, landmarks } = await segment(await readPicture(BALD));
  const [x, y] = [landmarks[NOSE_TIP * 3], landmarks[FOREHEAD * 3 + 1]];
  const eyes = landmarks[LEFT_EYE_OUTER * 3 + 1];
  expect(share(segments, 'skin', x, y - 0.3 * (eyes - y))).toBeGreaterThan(0.9); // above the mesh: the crown
  expect(mean(segments.hair)).toBeLessThan(0.005);
});

const mean = ({ data }: Plane) => data.reduce((sum, value) => sum + value, 0) / data.length;

test('nobody in the picture: all is background', async () => {
  const picture = await readPicture(ASTRONAUT, 200);
  const [face] = await networks.findFaces(picture);
  const { background, skin } = segmentPortrait(
    picture,
    await networks.parse(picture, face),
    createPlane(200, 200),
  );
  expect(Math.min(...background.data)).toBe(1);
  expect(Math.max(...skin.data)).toBe(0);
});
