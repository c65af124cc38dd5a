import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import type { Plane } from '../../../models/image/picture.ts';
import { ASTRONAUT, collage, JOCONDE, readPicture } from './pictures.ts';

let networks: FaceNetworks;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
});
afterAll(() => networks.release());

const at = ({ width, data }: Plane, x: number, y: number): number =>
  data[Math.round(y) * width + Math.round(x)];
const mean = ({ data }: Plane): number => data.reduce((sum, value) => sum + value, 0) / data.length;

test('the astronaut is person, the flag and the shuttle behind her are not', async () => {
  const picture = await readPicture(ASTRONAUT);
  const [face] = await networks.findFaces(picture);
  const matte = await networks.matte(picture, face);
  expect([matte.width, matte.height]).toEqual([512, 512]);
  expect(matte.data.every((value) => value >= 0 && value <= 1)).toBe(true);
  for (const [x, y] of [
    [224, 110], // face
    [215, 35], // hair
    [230, 330], // suit
  ]) {
    expect(at(matte, x, y), `${x}, ${y}`).toBeGreaterThan(0.9);
  }
  for (const [x, y] of [
    [20, 60], // flag
    [440, 100], // shuttle
    [360, 30],
  ]) {
    expect(at(matte, x, y), `${x}, ${y}`).toBeLessThan(0.1);
  }
});

test('the matte has a soft edge, and little of it', async () => {
  const picture = await readPicture(ASTRONAUT);
  const { data } = await networks.matte(picture);
  const between = data.filter((value) => value > 0.05 && value < 0.95).length / data.length;
  expect(between).toBeGreaterThan(0.002);
  expect(between).toBeLessThan(0.12);
});

test('somebody small in a large picture is looked at closely', async () => {
  const left = 1500;
  const picture = await collage(2400, 1600, [{ path: ASTRONAUT, width: 400, left, top: 900 }]);
  const [face] = await networks.findFaces(picture);
  const matte = await networks.matte(picture, face);
  expect(at(matte, left + (224 * 400) / 512, 900 + (110 * 400) / 512)).toBeGreaterThan(0.9);
  expect(at(matte, left + (440 * 400) / 512, 900 + (60 * 400) / 512)).toBeLessThan(0.2);
  expect(mean(matte)).toBeLessThan(0.04);
});

test('a painted person has a matte', async () => {
  const picture = await readPicture(JOCONDE);
  const [face] = await networks.findFaces(picture);
  const matte = await networks.matte(picture, face);
  expect(at(matte, 340, 330)).toBeGreaterThan(0.9);
  expect(at(matte, 30, 100)).toBeLessThan(0.1);
});

test('nobody is in a plain picture', async () => {
  expect(mean(await networks.matte(await collage(300, 200, [])))).toBeLessThan(0.05);
});
