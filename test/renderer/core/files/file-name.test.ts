import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileName } from '../../../../renderer/core/files/file-name.ts';

describe('names of files', () => {
  it.each([
    ['jane', '.oil.png', 'jane.oil.png'],
    ['寿'.repeat(82), '.oil.png', `${'寿'.repeat(82)}.oil.png`],
    ['寿'.repeat(90), '.oil.png', `${'寿'.repeat(82)}.oil.png`],
    ['x'.repeat(300), '.png', `${'x'.repeat(251)}.png`],
    [`${'x'.repeat(250)}👩‍🚀`, '.png', `${'x'.repeat(250)}.png`],
  ])('%s%s', (stem, ending, expected) => expect(fileName(stem, ending)).toBe(expected));

  it('fit, keep their ending and begin as they were asked to', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.constantFrom('.png', '-2.an oil.webp'),
        (stem, ending) => {
          const name = fileName(stem, ending);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
          expect(name.endsWith(ending)).toBe(true);
          expect(stem.startsWith(name.slice(0, -ending.length))).toBe(true);
          expect(Buffer.from(name).toString()).toBe(name);
        },
      ),
    );
  });
});
