import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CHIN,
  type Face,
  type FaceNetworks,
  LANDMARK_COUNT,
  LEFT_EYE_OUTER,
  loadFaceNetworks,
  MOUTH_LEFT,
  MOUTH_RIGHT,
  RIGHT_EYE_OUTER,
} from '../../../models/face/index.ts';
import {
  ASTRONAUT,
  collage,
  JOCONDE,
  landmarkError,
  mapLandmarks,
  readPicture,
  sharedData,
  toPicture,
  turned,
} from './pictures.ts';

let networks: FaceNetworks;
let astronaut: Face;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
  [astronaut] = await networks.findFaces(await readPicture(ASTRONAUT));
});
afterAll(() => networks.release());

test('a portrait has one face, with its points where the face is', () => {
  expect(astronaut.landmarks).toHaveLength(3 * LANDMARK_COUNT);
  expect(astronaut.score).toBeGreaterThan(0.99);
  expect(astronaut.interocular).toBeGreaterThan(50);
  expect(astronaut.interocular).toBeLessThan(75);
  expect(Math.abs(astronaut.angle)).toBeLessThan(0.2);
  // Read off the picture by eye.
  const byEye: [landmark: number, x: number, y: number][] = [
    [LEFT_EYE_OUTER, 192, 100],
    [RIGHT_EYE_OUTER, 259, 104],
    [MOUTH_LEFT, 204, 140],
    [MOUTH_RIGHT, 245, 141],
    [CHIN, 220, 178],
  ];
  for (const [landmark, x, y] of byEye) {
    expect(Math.abs(astronaut.landmarks[3 * landmark] - x), `x of ${landmark}`).toBeLessThan(5);
    expect(Math.abs(astronaut.landmarks[3 * landmark + 1] - y), `y of ${landmark}`).toBeLessThan(5);
  }
});

test('the box is tight around the points', () => {
  const xs = astronaut.landmarks.filter((_, i) => i % 3 === 0);
  expect(astronaut.box.x).toBe(Math.min(...xs));
  expect(astronaut.box.x + astronaut.box.width).toBeCloseTo(Math.max(...xs), 3);
});

test('a painted face is found', async () => {
  const faces = await networks.findFaces(await readPicture(JOCONDE));
  expect(faces).toHaveLength(1);
});

test.each([15, 30, 45, 60, 90, 180, -30, -45, -90])(
  'a head tilted by %d° keeps its points',
  async (degrees) => {
    const picture = await turned(ASTRONAUT, degrees);
    const [face] = await networks.findFaces(picture);
    const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
    const expected = mapLandmarks(astronaut.landmarks, (x, y) => [
      (x - 256) * cos - (y - 256) * sin + picture.width / 2,
      (x - 256) * sin + (y - 256) * cos + picture.height / 2,
    ]);
    expect(landmarkError(face.landmarks, expected, astronaut.interocular)).toBeLessThan(0.04);
    const turn = face.angle - astronaut.angle - (degrees * Math.PI) / 180;
    expect(Math.abs(Math.sin(turn / 2))).toBeLessThan(0.03);
  },
);

test.each([200, 340, 1024, 4096])('at a width of %d px the points are the same', async (width) => {
  const scale = width / 512;
  const [face] = await networks.findFaces(await readPicture(ASTRONAUT, width));
  const expected = mapLandmarks(astronaut.landmarks, (x, y) => [x * scale, y * scale]);
  expect(landmarkError(face.landmarks, expected, astronaut.interocular * scale)).toBeLessThan(0.03);
});

test.each([
  [640, 480],
  [2000, 1500],
  [4000, 3000],
])('a face of 64 px is found in %d×%d', async (width, height) => {
  const scale = 64 / astronaut.box.height;
  const [left, top] = [Math.round(width * 0.6), Math.round(height * 0.3)];
  const part = { path: ASTRONAUT, width: Math.round(512 * scale), left, top };
  const faces = await networks.findFaces(await collage(width, height, [part]));
  expect(faces).toHaveLength(1);
  expect(faces[0].box.x).toBeCloseTo(left + astronaut.box.x * scale, -1);
  expect(faces[0].box.y).toBeCloseTo(top + astronaut.box.y * scale, -1);
});

test('a face that is larger than the picture is found', async () => {
  const { x, y, width, height } = astronaut.box;
  const crop = {
    left: Math.round(x),
    top: Math.round(y),
    width: Math.round(width),
    height: Math.round(height),
  };
  const close = sharp(ASTRONAUT).extract(crop).resize({ width: 900 });
  expect(await networks.findFaces(await toPicture(close))).toHaveLength(1);
});

test('several faces come largest first', async () => {
  const picture = await collage(1300, 800, [
    { path: ASTRONAUT, width: 400, left: 20, top: 300 },
    { path: JOCONDE, width: 480, left: 780, top: 20 },
    { path: ASTRONAUT, width: 250, left: 480, top: 20 },
  ]);
  const faces = await networks.findFaces(picture);
  expect(faces).toHaveLength(3);
  const areas = faces.map(({ box }) => box.width * box.height);
  expect(areas).toEqual(areas.toSorted((a, b) => b - a));
});

describe('no face', () => {
  test('in a plain picture', async () => {
    expect(await networks.findFaces(await collage(640, 480, []))).toEqual([]);
  });

  test('in noise', async () => {
    const create = { width: 300, height: 400, channels: 3 as const, background: '#000' };
    const noise = sharp({ create: { ...create, noise: { type: 'gaussian', mean: 128, sigma: 60 } } });
    expect(await networks.findFaces(await toPicture(noise))).toEqual([]);
  });

  test('in a picture of one pixel', async () => {
    expect(await networks.findFaces({ width: 1, height: 1, data: new Uint8ClampedArray(4) })).toEqual([]);
  });
});

test('what is transparent does not hide the face', async () => {
  const picture = await readPicture(ASTRONAUT);
  for (let i = 0; i < picture.data.length; i += 4) {
    const [x, y] = [(i / 4) % 512, Math.floor(i / 4 / 512)];
    if (Math.hypot(x - 224, y - 110) > 130) picture.data.fill(0, i, i + 4);
  }
  const [face] = await networks.findFaces(picture);
  expect(landmarkError(face.landmarks, astronaut.landmarks, astronaut.interocular)).toBeLessThan(0.03);
});

const styles = sharedData('styles/faceblit');
test.skipIf(!styles)('paintings, drawings and sculptures are found', async () => {
  for (const name of readdirSync(styles!).filter((file) => file.endsWith('.jpg'))) {
    const faces = await networks.findFaces(await readPicture(join(styles!, name)));
    expect(faces, name).toHaveLength(1);
  }
});
