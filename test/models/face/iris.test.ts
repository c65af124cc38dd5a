import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import { flipPicture } from '../../../models/image/flip.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { ASTRONAUT, readPicture, turned } from './pictures.ts';

let networks: FaceNetworks;
let portrait: Picture;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
  portrait = await readPicture(ASTRONAUT);
});
afterAll(() => networks.release());

/** Where the centres of the astronaut's irises are, by eye on an enlargement. */
const SEEN = [
  [203.6, 101],
  [247.1, 103.5],
] as const;

async function findIrises(picture: Picture) {
  const [face] = await networks.findFaces(picture);
  return networks.irises(picture, face);
}

it('irises are where a person sees them, to a pixel', async () => {
  const irises = await findIrises(portrait);
  irises.forEach(({ x, y, eyeWidth }, i) => {
    expect(Math.hypot(x - SEEN[i][0], y - SEEN[i][1])).toBeLessThan(1);
    expect(eyeWidth).toBeGreaterThan(18);
    expect(eyeWidth).toBeLessThan(21);
  });
});

it('left and right change places in a mirror', async () => {
  const irises = await findIrises(flipPicture(portrait));
  irises.forEach(({ x, y }, i) => {
    const [sx, sy] = SEEN[1 - i];
    expect(Math.hypot(portrait.width - x - sx, y - sy)).toBeLessThan(1);
  });
});

it('a head turned upside down keeps its gaze', async () => {
  const picture = await turned(ASTRONAUT, 180);
  const irises = await findIrises(picture);
  irises.forEach(({ x, y }, i) => {
    const [sx, sy] = SEEN[i];
    expect(Math.hypot(picture.width - x - sx, picture.height - y - sy)).toBeLessThan(1);
  });
});
