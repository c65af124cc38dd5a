import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { stripAnimation } from '../../../../renderer/core/sequences/strip-animation.ts';

const webp = fileURLToPath(new URL('../../../fixtures/sequences/collins.webp', import.meta.url));
const gifClip = () => sharp(webp, { animated: true }).gif({ effort: 1 }).toBuffer();

const pixels = (bytes: Uint8Array) => sharp(bytes, { animated: true }).ensureAlpha().raw().toBuffer();

it('a GIF loses its comments and XMP, and neither a pixel, a time nor its repetition', async () => {
  const gif = await gifClip();
  const comment = Buffer.from([0x21, 0xfe, 6, ...Buffer.from('secret'), 0]);
  const xmp = Buffer.from([0x21, 0xff, 11, ...Buffer.from('XMP DataXMP'), 6, ...Buffer.from('secret'), 0]);
  const at = gif.indexOf(Buffer.from([0x21, 0xf9]));
  const told = Buffer.concat([gif.subarray(0, at), comment, xmp, gif.subarray(at)]);
  const stripped = stripAnimation(told, 'collins.gif');
  expect(Buffer.from(stripped).includes('secret')).toBe(false);
  expect((await pixels(stripped)).equals(await pixels(gif))).toBe(true);
  const { pages, delay, loop } = await sharp(gif, { animated: true }).metadata();
  expect(await sharp(stripped, { animated: true }).metadata()).toMatchObject({ pages, delay, loop });
});

it('a WebP loses its EXIF and XMP, and neither a pixel nor a time', async () => {
  const gif = await gifClip();
  const told = await sharp(gif, { animated: true })
    .withExif({ IFD0: { Copyright: 'secret' } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">secret</x:xmpmeta>')
    .webp({ lossless: true, effort: 0 })
    .toBuffer();
  expect(told.includes('secret')).toBe(true);
  const stripped = stripAnimation(told, 'collins.webp');
  expect(Buffer.from(stripped).includes('secret')).toBe(false);
  expect((await pixels(stripped)).equals(await pixels(told))).toBe(true);
  const { pages, delay } = await sharp(told, { animated: true }).metadata();
  const kept = await sharp(stripped, { animated: true }).metadata();
  expect(kept).toMatchObject({ pages, delay });
  expect([kept.exif, kept.xmp]).toEqual([undefined, undefined]);
});

it('a GIF that does not hold together is refused', async () => {
  const gif = await gifClip();
  expect(() => stripAnimation(gif.subarray(0, gif.length / 2), 'collins.gif')).toThrow(
    'collins.gif is damaged',
  );
});
