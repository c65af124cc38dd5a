import { expect, test } from 'vitest';
import { removeIslands } from '../../../models/face/islands.ts';

const parse = (rows: string[]) =>
  Float32Array.from(rows.join(''), (sign) => (sign === '#' ? 0.9 : sign === '+' ? 0.2 : 0));
const print = (matte: Float32Array, width: number) =>
  Array.from({ length: matte.length / width }, (_, y) =>
    Array.from(matte.subarray(y * width, (y + 1) * width), (v) => (v > 0.5 ? '#' : v > 0 ? '+' : '.')).join(
      '',
    ),
  );

test('small parts go; the largest, others nearly as large, and soft edges stay', () => {
  const matte = parse([
    '####+...#', // the # at the end is an island
    '####+....',
    '.....###.',
    '#....###.',
  ]);
  removeIslands(matte, 9);
  expect(print(matte, 9)).toEqual(['####+....', '####+....', '.....###.', '.....###.']);
});

test('an empty matte stays empty', () => {
  const matte = new Float32Array(12);
  removeIslands(matte, 4);
  expect(matte).toEqual(new Float32Array(12));
});
