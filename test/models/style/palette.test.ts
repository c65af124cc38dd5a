import { expect, test } from 'vitest';
import { measurePalette } from '../../../models/style/palette.ts';
import { planeOf } from '../image/planes.ts';

const lab = (width: number, value: (x: number) => number) => ({
  l: planeOf(width, 1, value),
  a: planeOf(width, 1, () => -7),
  b: planeOf(width, 1, (x) => (x % 2 === 0 ? 3 : -3)),
});

test('mean and deviation of each channel, whatever the parts', () => {
  const [whole] = [lab(101, (x) => x)];
  const parts = [
    lab(100, (x) => x),
    { l: planeOf(1, 1, () => 100), a: planeOf(1, 1, () => -7), b: planeOf(1, 1, () => 3) },
  ];
  for (const palette of [measurePalette([whole]), measurePalette(parts)]) {
    expect(palette.l.mean).toBeCloseTo(50, 10);
    expect(palette.l.deviation).toBeCloseTo(Math.sqrt((101 ** 2 - 1) / 12), 6);
    expect(palette.a).toEqual({ mean: -7, deviation: 0 });
    expect(palette.b.deviation).toBeCloseTo(3, 3);
  }
});
