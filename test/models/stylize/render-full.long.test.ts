/** Full renders that are painted at output size. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import { cropPicture } from '../../../models/image/crop.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { type FullOptions, renderFull } from '../../../models/stylize/render-full.ts';
import { type PreparedStyle, prepareStyle } from '../../../models/stylize/stylize.ts';
import type { Upscaler } from '../../../models/upscale/upscale.ts';
import { ASTRONAUT, JOCONDE, readPicture } from '../face/pictures.ts';
import { repeater } from './repeater.ts';

let networks: FaceNetworks;
let portrait: Picture;
/** Its face is about as large as the portrait's. */
let equal: PreparedStyle;

beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
  portrait = cropPicture(await readPicture(ASTRONAUT), { x: 160, y: 30, width: 131, height: 170 });
  equal = await prepareStyle(resizePicture(await readPicture(JOCONDE), 400, 622), networks);
});
afterAll(() => networks.release());

const render = (options: FullOptions, upscaler: Upscaler) =>
  renderFull(portrait, equal, networks, upscaler, { quality: 'draft', scale: 2, ...options });

it('is painted at output size, without the network, from a reference that is large enough', async () => {
  const head = cropPicture(await readPicture(JOCONDE), { x: 180, y: 80, width: 400, height: 480 });
  const huge = await prepareStyle(resizePicture(head, 800, 960), networks);
  const small = resizePicture(portrait, 98, 127);
  const seen: number[] = [];
  const { picture, enlarged } = await renderFull(small, huge, networks, repeater(seen), { quality: 'draft' });
  expect([picture.width, picture.height, enlarged]).toEqual([392, 508, 1]);
  expect(seen).toEqual([]);
  const halfway = await renderFull(small, huge, networks, repeater(), { quality: 'draft', strokes: 1.8 });
  expect(halfway.enlarged).toBe(2);
});

it('is painted at output size from a reference that the network enlarges, once for all portraits', async () => {
  const seen: number[] = [];
  const upscaler = repeater(seen);
  const first = await render({}, upscaler);
  expect([first.enlarged, first.referenceEnlarged]).toEqual([1, 2]);
  const tiles = seen.length;
  expect(tiles).toBeGreaterThan(0);
  const again = await render({ likeness: 0.8 }, upscaler);
  expect([again.enlarged, again.referenceEnlarged, seen.length]).toEqual([1, 2, tiles]);
  await render({}, repeater(seen));
  expect(seen).toHaveLength(2 * tiles);
});
