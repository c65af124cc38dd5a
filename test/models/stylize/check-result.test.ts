import { describe, expect, it } from 'vitest';
import { createPicture } from '../../../models/image/picture.ts';
import { checkResult } from '../../../models/stylize/check-result.ts';

function picture(red: (i: number) => number, alpha = 255) {
  const made = createPicture(32, 32);
  for (let i = 0; i < 32 * 32; i++) made.data.set([red(i), 40, 40, alpha], i * 4);
  return made;
}

const fails = { code: 'BAD_OUTPUT' };

describe('a bad result is never a success', () => {
  it('passes a picture of something', () =>
    checkResult(
      picture((i) => i % 256),
      32,
      32,
    ));

  it.each([
    ['black', picture(() => 0)],
    ['of one colour', picture(() => 200)],
    ['not a number', picture(() => Number.NaN)],
    ['transparent', picture((i) => i % 256, 0)],
    ['of another size', { ...picture((i) => i % 256), width: 16 }],
    ['empty', { width: 32, height: 32, data: new Uint8ClampedArray() }],
  ])('refuses one that is %s', (_, bad) => {
    expect(() => checkResult(bad, 32, 32)).toThrow(expect.objectContaining(fails));
  });
});
