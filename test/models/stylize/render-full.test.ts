import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import { cropPicture } from '../../../models/image/crop.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import type { Upscaler } from '../../../models/upscale/upscale.ts';
import { type FullOptions, renderFull } from '../../../models/stylize/render-full.ts';
import { type PreparedStyle, prepareStyle, stylize } from '../../../models/stylize/stylize.ts';
import { readPicture } from '../../../renderer/core/pictures/read-picture.ts';

let networks: FaceNetworks;
/** The face of `coarse` is smaller than the one of `large`, so `large` is painted at a smaller size than its own. */
let fine: PreparedStyle;
let coarse: PreparedStyle;
let small: Picture;
let large: Picture;

beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
  const reference = await readPicture('test/fixtures/joconde.jpg');
  fine = await prepareStyle(reference, networks);
  coarse = await prepareStyle(resizePicture(reference, 297, 462), networks);
  const astronaut = await readPicture('test/fixtures/astronaut.png');
  small = cropPicture(astronaut, { x: 160, y: 30, width: 131, height: 170 });
  large = resizePicture(small, 393, 510);
});
afterAll(() => networks.release());

/** Repeats every pixel 4×4 times. @param seen gets the pixels of each tile */
const repeater = (seen: number[] = [], gain = 1): Upscaler => ({
  margin: 2,
  tile: 64,
  session: {
    device: 'cpu',
    inputNames: ['low'],
    outputNames: ['high'],
    release: async () => {},
    run: async ({ low }) => {
      const [, , height, width] = low.dims;
      seen.push(width * height);
      const data = Float32Array.from({ length: 48 * width * height }, (_, i) => {
        const [x, y] = [i % (4 * width), Math.floor(i / (4 * width)) % (4 * height)];
        const channel = Math.floor(i / (16 * width * height));
        return gain * low.data[(channel * height + (y >> 2)) * width + (x >> 2)];
      });
      return { high: { dims: [1, 3, 4 * height, 4 * width], data } };
    },
  },
});

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Largest difference of the mean colours of two pictures, 0..255. */
function colourShift(a: Picture, b: Picture): number {
  const mean = ({ data }: Picture, c: number) =>
    data.reduce((total, value, i) => (i % 4 === c ? total + value : total), 0) / (data.length / 4);
  return Math.max(...[0, 1, 2].map((c) => Math.abs(mean(a, c) - mean(b, c))));
}

describe.each(['at its own size', 'smaller than it is'])('a portrait painted %s', (how) => {
  const isOwn = how === 'at its own size';
  const render = (options: FullOptions, upscaler = repeater()) =>
    renderFull(isOwn ? small : large, isOwn ? fine : coarse, networks, upscaler, options);
  const portrait = () => (isOwn ? small : large);

  it.each([1, 2, 4] as const)('comes out exactly %i times as large, in its colours', async (scale) => {
    const seen: number[] = [];
    const { picture, faces } = await render({ scale }, repeater(seen));
    expect([picture.width, picture.height]).toEqual([portrait().width * scale, portrait().height * scale]);
    expect(faces).toHaveLength(1);
    expect(faces[0].box.width).toBeLessThan(portrait().width);
    const instant = await stylize(portrait(), isOwn ? fine : coarse, networks);
    expect(colourShift(picture, instant.picture)).toBeLessThan(3);
    const area = portrait().width * portrait().height;
    if (isOwn) expect(seen.length > 0).toBe(scale > 1);
    else expect(sum(seen)).toBeLessThan(area);
  });

  it('keeps transparency', async () => {
    const { picture } = await render({ scale: 2, background: 'transparent' });
    expect(picture.data[3]).toBeLessThan(10);
    const middle = 4 * (Math.round(picture.height / 2) * picture.width + Math.round(picture.width / 2)) + 3;
    expect(picture.data[middle]).toBeGreaterThan(245);
  });

  it('is the portrait itself at strength 0', async () => {
    const { picture } = await render({ scale: 2, strength: 0 });
    const plain = resizePicture(portrait(), picture.width, picture.height);
    expect(colourShift(picture, plain)).toBeLessThan(1.5);
  });

  it('reports progress that never goes back and ends at 1', async () => {
    const shares: number[] = [];
    const stages = new Set<string>();
    const onProgress = (share: number, stage: string) => {
      shares.push(share);
      stages.add(stage);
    };
    await render({ scale: 2, background: 'keep', onProgress });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect([...stages]).toEqual(expect.arrayContaining(['faces', 'vote', 'enlarge']));
  });

  it('is cancelled between tiles', async () => {
    const abort = new AbortController();
    const seen: number[] = [];
    const onProgress = (_: number, stage: string) => stage === 'enlarge' && abort.abort();
    const cancelled = render({ signal: abort.signal, onProgress }, repeater(seen));
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(seen).toHaveLength(1);
  });

  it.each([0, Number.NaN])('is an error when the network returns %d', async (gain) => {
    await expect(render({}, repeater([], gain))).rejects.toMatchObject({ code: 'BAD_OUTPUT' });
  });
});

it('NO_FACE', async () => {
  const sky = cropPicture(large, { x: 0, y: 0, width: 60, height: 60 });
  await expect(renderFull(sky, fine, networks, repeater())).rejects.toMatchObject({ code: 'NO_FACE' });
});
