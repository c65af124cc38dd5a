import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Face, type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import { labPlanes } from '../../../models/image/colour.ts';
import { cropPicture } from '../../../models/image/crop.ts';
import { flipPicture } from '../../../models/image/flip.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { lazy } from '../../../models/lazy.ts';
import { landmarkError } from '../../../models/stylize/measure.ts';
import { type FullOptions, renderFull } from '../../../models/stylize/render-full.ts';
import { type PreparedStyle, prepareStyle, stylize } from '../../../models/stylize/stylize.ts';
import { ASTRONAUT, JOCONDE, readPicture } from '../face/pictures.ts';
import { worst } from '../image/planes.ts';
import { repeater } from './repeater.ts';

let networks: FaceNetworks;
let portrait: Picture;
let face: Face;
/** References whose face is nearly twice as large as the portrait's, about as large, and half as large. */
let styles: Record<Size, PreparedStyle>;
type Size = 'large' | 'equal' | 'small';

beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
  portrait = cropPicture(await readPicture(ASTRONAUT), { x: 160, y: 30, width: 131, height: 170 });
  [face] = await networks.findFaces(portrait);
  const painting = await readPicture(JOCONDE);
  const reference = cropPicture(painting, { x: 130, y: 20, width: 480, height: 600 });
  /** @param width px that all of the painting would have */
  const at = (width: number) => {
    const scale = width / painting.width;
    return prepareStyle(resizePicture(reference, Math.round(480 * scale), Math.round(600 * scale)), networks);
  };
  styles = { large: await at(690), equal: await at(400), small: await at(190) };
});
afterAll(() => networks.release());

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Mean difference of lightness, once both are as small as the smaller one. */
function apart(a: Picture, b: Picture): number {
  const width = Math.min(a.width, b.width);
  const height = Math.min(a.height, b.height);
  const [p, q] = [a, b].map((picture) => labPlanes(resizePicture(picture, width, height)).l.data);
  return p.reduce((total, value, i) => total + Math.abs(value - q[i]), 0) / p.length;
}

const previewFrom = (size: Size) =>
  lazy(async () => (await stylize(portrait, styles[size], networks, { quality: 'draft' })).picture);
const previews = { large: previewFrom('large'), equal: previewFrom('equal'), small: previewFrom('small') };

/** One for most tests: a reference that it has enlarged is kept. */
const enlarger = repeater();
const render = (size: Size, options: FullOptions, upscaler = enlarger) =>
  renderFull(portrait, styles[size], networks, upscaler, { quality: 'draft', ...options });

it.each([
  // How many times the portrait’s pixels the network is given: those of a painting of 4 times or twice the size, or, where
  // the draft’s canvas has room for the result, the reference’s.
  { size: 'large', scale: 1, enlarged: 0 },
  { size: 'large', scale: 2, enlarged: 0 },
  { size: 'large', scale: 4, enlarged: 4 },
  { size: 'equal', scale: 1, enlarged: 0 },
  { size: 'equal', scale: 2, enlarged: 'reference' },
  { size: 'equal', scale: 4, enlarged: 1 },
  { size: 'small', scale: 2, enlarged: 'reference' },
  { size: 'small', scale: 4, enlarged: 0.25 },
] as const)(
  'from a reference whose face is $size comes out exactly $scale times as large, as a preview shows it',
  async ({ size, scale, enlarged }) => {
    const seen: number[] = [];
    const { picture, faces } = await render(size, { scale }, repeater(seen));
    expect([picture.width, picture.height]).toEqual([131 * scale, 170 * scale]);
    expect(faces.map(({ box }) => box)).toEqual([face.box]);
    const preview = await previews[size]();
    expect(apart(picture, preview)).toBeLessThan(6);
    expect(apart(picture, flipPicture(preview))).toBeGreaterThan(15);
    const { width, height } = styles[size].reference;
    const expected = enlarged === 'reference' ? width * height : enlarged * 131 * 170;
    // Tiles overlap.
    expect(sum(seen)).toBeGreaterThanOrEqual(0.7 * expected);
    expect(sum(seen)).toBeLessThanOrEqual(1.6 * expected);
  },
);

it('has the face where the portrait has it', async () => {
  const { picture } = await render('equal', { scale: 2, likeness: 0.8 });
  const [again] = await networks.findFaces(picture);
  const landmarks = again.landmarks.map((value) => value / 2);
  expect(landmarkError(face, { ...again, landmarks })).toBeLessThan(0.05);
});

it('has a person’s exaggerated proportions in the painting and in what is kept of the portrait', async () => {
  const options = { scale: 2, likeness: 0.8, background: 'keep', exaggerate: 0.7 } as const;
  const { picture, faces } = await render('equal', options);
  expect(landmarkError(face, faces[0])).toBeGreaterThan(0.02);
  const [again] = await networks.findFaces(picture);
  const found = { ...again, landmarks: again.landmarks.map((value) => value / 2) };
  expect(landmarkError(faces[0], found)).toBeLessThan(0.05);
  const plain = (await render('equal', { ...options, strength: 0 })).picture;
  const [untouched] = await networks.findFaces(plain);
  const shown = { ...untouched, landmarks: untouched.landmarks.map((value) => value / 2) };
  expect(landmarkError(faces[0], shown)).toBeLessThan(landmarkError(face, shown));
});

describe('background', () => {
  it('transparent: none where nobody is, whole where the person is', async () => {
    const { picture } = await render('equal', { scale: 2, background: 'transparent' });
    const matte = await networks.matte(portrait, face);
    expect(picture.data[3]).toBeLessThan(10);
    let error = 0;
    for (let y = 0; y < 170; y++) {
      for (let x = 0; x < 131; x++) {
        const alpha = picture.data[((2 * y + 1) * 262 + 2 * x + 1) * 4 + 3];
        error += Math.abs(alpha / 255 - matte.data[y * 131 + x]);
      }
    }
    expect(error / (131 * 170)).toBeLessThan(0.03);
  });

  it('kept: the portrait’s own, enlarged, where nobody is', async () => {
    const { picture } = await render('equal', { scale: 2, background: 'keep' });
    const matte = await networks.matte(portrait, face);
    const plain = resizePicture(portrait, 262, 340);
    let [error, count] = [0, 0];
    for (let i = 0; i < 262 * 340; i++) {
      const at = (Math.floor(i / 262) >> 1) * 131 + ((i % 262) >> 1);
      if (matte.data[at] > 0 || matte.data[at + 2] > 0) continue;
      error += worst(picture.data.slice(4 * i, 4 * i + 3), plain.data.slice(4 * i, 4 * i + 3));
      count++;
    }
    expect(count).toBeGreaterThan(3000);
    expect(error / count).toBeLessThan(8);
    expect(apart(picture, plain)).toBeGreaterThan(5);
  });
});

it('is the portrait itself at strength 0', async () => {
  const { picture } = await render('equal', { scale: 2, strength: 0 });
  expect(apart(picture, portrait)).toBeLessThan(2.5);
  expect(apart(picture, flipPicture(portrait))).toBeGreaterThan(10);
});

it('reports progress that never goes back and ends at 1', async () => {
  const shares: number[] = [];
  const stages = new Set<string>();
  const onProgress = (share: number, stage: string) => {
    shares.push(share);
    stages.add(stage);
  };
  await render('equal', { scale: 2, background: 'keep', onProgress });
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
  expect([...stages]).toEqual(expect.arrayContaining(['faces', 'paint', 'enlarge', 'finish']));
});

it('is cancelled between tiles', async () => {
  const abort = new AbortController();
  const seen: number[] = [];
  const onProgress = (_: number, stage: string) => stage === 'enlarge' && abort.abort();
  const cancelled = render('equal', { signal: abort.signal, onProgress }, repeater(seen));
  await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(seen).toHaveLength(1);
});

it.each([0, Number.NaN])('is an error when the network returns %d', async (gain) => {
  await expect(render('equal', {}, repeater([], gain))).rejects.toMatchObject({ code: 'BAD_OUTPUT' });
});

it('NO_FACE', async () => {
  const sky = cropPicture(portrait, { x: 0, y: 0, width: 40, height: 40 });
  await expect(renderFull(sky, styles.equal, networks, repeater())).rejects.toMatchObject({
    code: 'NO_FACE',
  });
});

it('refuses settings out of range', async () => {
  await expect(render('equal', { tone: -1 })).rejects.toThrow(RangeError);
});
