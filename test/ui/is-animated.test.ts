import sharp from 'sharp';
import { expect, it } from 'vitest';
import { isAnimated } from '../../ui/pictures/is-animated.ts';

it('tells GIFs of several frames from those of one and from other files', async () => {
  const frame = (background: string, height: number) =>
    sharp({ create: { width: 20, height, channels: 3, background } });
  const still = await frame('#f00', 20).gif().toBuffer();
  const pages = await sharp(
    [await frame('#f00', 20).png().toBuffer(), await frame('#00f', 20).png().toBuffer()],
    { join: { animated: true } },
  )
    .gif()
    .toBuffer();
  expect(isAnimated(still)).toBe(false);
  expect(isAnimated(pages)).toBe(true);
  expect(isAnimated(await frame('#f00', 20).png().toBuffer())).toBe(false);
});
