/** Whatever a file hides under alpha 0, nothing of it is ever seen, or left in a result. */
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { encodePicture } from '../../../../renderer/core/pictures/encode-picture.ts';
import { decodeSource } from '../../../../renderer/core/pictures/read-picture.ts';
import { FrameStore } from '../../../../renderer/core/sequences/frame-store.ts';
import { writeSequence } from '../../../../renderer/core/sequences/write-sequence.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();
const [WIDTH, HEIGHT] = [48, 40];

const kinds = fc.record({
  from: fc.constantFrom('png', 'png16', 'palette', 'interlaced', 'webp', 'tiff', 'tiff16', 'gif', 'avif'),
  profile: fc.constantFrom('none', 'p3'),
  to: fc.constantFrom('png', 'webp', 'jpeg', 'gif', 'animated webp', 'folder'),
  /** Where the person ends: a circle, stripes, a corner, single pixels. */
  shape: fc.constantFrom('circle', 'stripes', 'corner', 'dots'),
  isSoft: fc.boolean(),
});
type Kind = typeof kinds extends fc.Arbitrary<infer T> ? T : never;

function opacity({ shape, isSoft }: Kind, x: number, y: number): number {
  const distance = {
    circle: 16 - Math.hypot(x - WIDTH / 2, y - HEIGHT / 2),
    stripes: x % 12 < 6 ? 2 : -2,
    corner: x + y - 30,
    dots: x % 7 === 0 && y % 5 === 0 ? 2 : -2,
  }[shape];
  if (distance <= 0) return 0;
  return isSoft ? Math.min(255, 64 + 64 * distance) : 255;
}

/** Red and blue are a person; green is hidden. */
async function fileOf(kind: Kind): Promise<Buffer> {
  const data = new Uint8Array(WIDTH * HEIGHT * 4);
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    const alpha = opacity(kind, i % WIDTH, Math.floor(i / WIDTH));
    data.set(alpha > 0 ? [200, 40, 90, alpha] : [0, 255, 0, 0], i * 4);
  }
  let image = sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 4 } });
  if (kind.from.endsWith('16')) image = image.toColourspace('rgb16');
  if (kind.profile === 'p3') image = image.withIccProfile('p3');
  const encoders: Record<string, () => Sharp> = {
    palette: () => image.png({ palette: true, dither: 0 }),
    interlaced: () => image.png({ progressive: true }),
    webp: () => image.webp({ lossless: true, exact: true }),
    tiff: () => image.tiff({ compression: 'lzw' }),
    tiff16: () => image.tiff({ compression: 'deflate' }),
    gif: () => image.gif({ dither: 0 }),
    avif: () => image.avif({ lossless: true }),
  };
  return (encoders[kind.from] ?? (() => image.png()))().toBuffer();
}

/** Green over the other two, at most; black and white have none. */
const greenest = (data: Uint8Array | Uint8ClampedArray) => {
  let most = 0;
  for (let i = 0; i < data.length; i += 4)
    most = Math.max(most, data[i + 1] - Math.max(data[i], data[i + 2]));
  return most;
};

async function written(kind: Kind, file: Buffer, index: number): Promise<Uint8Array[]> {
  const { picture, wide } = await decodeSource(file, 'source', { gamut: 'source' });
  expect(greenest(picture.data)).toBeLessThan(8);
  if (wide) expect(greenest(wide.picture.data)).toBeLessThan(8);
  // As a method leaves it that does not look at what is hidden.
  const result = { ...picture, data: picture.data.slice() };
  for (let i = 0; i < result.data.length; i += 4)
    if (result.data[i + 3] === 0) result.data.set([0, 255, 0], i);
  const { to } = kind;
  if (to === 'png' || to === 'webp' || to === 'jpeg')
    return [await encodePicture(result, to), await encodePicture(result, to, { gamut: wide?.gamut })];
  const store = await FrameStore.open(inFolder(`frames${index}`), 'key');
  for (const at of [0, 0.1]) await store.add(result, at, 0.1);
  const format = ({ gif: 'gif', 'animated webp': 'webp', folder: 'png' } as const)[to];
  const path = inFolder(`result${index}.${format}`);
  const size = { width: WIDTH, height: HEIGHT, hasAlpha: true, sound: null, plays: 0 };
  await writeSequence(path, store, { ...size, format, seal: (one) => encodePicture(one, 'png') });
  return [
    await sharp(to === 'folder' ? `${path}/000002.png` : path, { page: 0 })
      .png()
      .toBuffer(),
  ];
}

test('random files, shapes and writers', async () => {
  let index = 0;
  await fc.assert(
    fc.asyncProperty(kinds, async (kind) => {
      for (const file of await written(kind, await fileOf(kind), index++)) {
        const image = sharp(file).ensureAlpha();
        const { data } = await image.raw().toBuffer({ resolveWithObject: true });
        // Lossy formats blur black, or white, and red; a palette has few colours.
        expect(greenest(data)).toBeLessThan(40);
      }
    }),
    { numRuns: 60, seed: 20, endOnFailure: true },
  );
});
