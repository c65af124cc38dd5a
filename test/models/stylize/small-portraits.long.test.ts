import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cosineSimilarity, type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import { labPlanes } from '../../../models/image/colour.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { type PreparedStyle, prepareStyle, stylize } from '../../../models/stylize/stylize.ts';
import { ASTRONAUT, JOCONDE, readPicture } from '../face/pictures.ts';

/** A man whose head is shaved, and an avatar of him. */
const BALD = fileURLToPath(new URL('../../gallery/portraits/allred.jpg', import.meta.url));
const SIZE = 80;

let networks: FaceNetworks;
let style: PreparedStyle;
let large: Picture;
let avatar: Picture;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
  style = await prepareStyle(await readPicture(JOCONDE, 320), networks);
  large = await readPicture(BALD, 320);
  avatar = resizePicture(large, SIZE, SIZE);
});
afterAll(() => networks.release());

test('an avatar is painted at its size, its crown as skin, its person recognisable', async () => {
  const { picture, faces } = await stylize(avatar, style, networks, { quality: 'draft' });
  expect([picture.width, picture.height]).toEqual([SIZE, SIZE]);
  const [{ box, interocular }] = faces;
  expect(box.x).toBeGreaterThan(0);
  expect(box.x + box.width).toBeLessThan(SIZE);
  const { l } = labPlanes(picture);
  const [x, brow] = [Math.round(box.x + box.width / 2), Math.round(box.y + 0.12 * box.height)];
  const crown = Math.round(brow - 0.5 * interocular);
  expect(Math.abs(l.data[crown * SIZE + x] - l.data[brow * SIZE + x])).toBeLessThan(25);

  const [again] = await networks.findFaces(resizePicture(picture, 320, 320));
  const [own] = await networks.findFaces(large);
  const embeddings = [
    await networks.embed(resizePicture(picture, 320, 320), again),
    await networks.embed(large, own),
  ] as const;
  expect(cosineSimilarity(...embeddings)).toBeGreaterThan(0.6);
});

test('what is not painted of a small portrait stays to the bit', async () => {
  const small = await readPicture(ASTRONAUT, 96);
  const untouched = await stylize(small, style, networks, { quality: 'draft', strength: 0 });
  expect(untouched.picture).toEqual(small);
  const kept = await stylize(small, style, networks, { quality: 'draft', background: 'keep' });
  const corner = (picture: Picture) => picture.data.slice(0, 4 * 8);
  expect(corner(kept.picture)).toEqual(corner(small));
  expect(kept.picture).not.toEqual(small);
});
