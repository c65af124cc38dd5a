import { describe, expect, it } from 'vitest';
import { createPicture } from '../../../../models/image/picture.ts';
import { contactSheet, thumbnail } from '../../../../renderer/core/pictures/contact-sheet.ts';

const red = createPicture(40, 20);
for (let i = 0; i < red.data.length; i += 4) red.data.set([255, 0, 0, 255], i);

describe('contact sheet', () => {
  it('fits pictures into squares and never enlarges them', () => {
    expect(thumbnail(red, 20)).toMatchObject({ width: 20, height: 10 });
    expect(thumbnail(red, 90)).toMatchObject({ width: 40, height: 20 });
  });

  it('shows every picture with a label on white, and leaves gaps empty', () => {
    const sheet = contactSheet(
      [
        [null, { picture: red, label: 'a' }],
        [{ picture: red, label: 'b' }, null],
      ],
      40,
    );
    const count = (rgb: string) =>
      Array.from({ length: sheet.width * sheet.height }, (_, i) =>
        sheet.data.subarray(i * 4, i * 4 + 3).join(),
      ).filter((colour) => colour === rgb).length;
    expect(count('255,0,0')).toBe(2 * 40 * 20);
    expect(count('0,0,0')).toBeGreaterThan(100);
    expect(count('255,255,255')).toBeGreaterThan(4000);
  });
});
