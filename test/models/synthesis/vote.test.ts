import { expect, test } from 'vitest';
import { packPlanes } from '../../../models/synthesis/packed-planes.ts';
import { vote } from '../../../models/synthesis/vote.ts';
import { noise, worst } from '../image/planes.ts';

const [SOURCE_WIDTH, SOURCE_HEIGHT] = [30, 25];
const style = noise(SOURCE_WIDTH, SOURCE_HEIGHT, 1);
const grain = noise(SOURCE_WIDTH, SOURCE_HEIGHT, 2);

/** A field of 12 × 10 whose pixels take the source's at an offset; null outside the region. */
function fieldOf(offset: (x: number, y: number) => readonly [number, number] | null) {
  const source = Int32Array.from({ length: 120 }, (_, i) => {
    const [x, y] = [i % 12, Math.floor(i / 12)];
    const by = offset(x, y);
    return by ? (y + by[1]) * SOURCE_WIDTH + x + by[0] : -1;
  });
  return { width: 12, height: 10, source };
}

const read = (plane: { data: Float32Array }, x: number, y: number) => plane.data[y * SOURCE_WIDTH + x];

test('one chunk is copied exactly, in every plane', () => {
  const field = fieldOf(() => [7, 5]);
  const planes = vote(field, packPlanes([style, grain]));
  expect(planes.map(({ width, height }) => [width, height])).toEqual([
    [12, 10],
    [12, 10],
  ]);
  for (const [voted, plane] of [
    [planes[0], style],
    [planes[1], grain],
  ]) {
    expect([...voted.data]).toEqual(Array.from(field.source, (from) => plane.data[from]));
  }
});

test('at the border of two chunks both are mixed, and only there', () => {
  const field = fieldOf((x) => (x < 6 ? [2, 3] : [15, 9]));
  const [voted] = vote(field, packPlanes([style]));
  for (let y = 1; y < 9; y++) {
    for (let x = 1; x < 11; x++) {
      const [left, right] = [read(style, x + 2, y + 3), read(style, x + 15, y + 9)];
      const value = voted.data[y * 12 + x];
      if (x < 5) expect(value).toBe(left);
      else if (x > 6) expect(value).toBe(right);
      else {
        const share = (value - left) / (right - left);
        expect(share).toBeGreaterThan(x === 5 ? 0.15 : 0.5);
        expect(share).toBeLessThan(x === 5 ? 0.5 : 0.85);
      }
    }
  }
});

test('what lies outside the region stays 0 and has no vote', () => {
  const inRegion = (x: number) => x > 3;
  const field = fieldOf((x) => (inRegion(x) ? [4, 4] : null));
  const [voted] = vote(field, packPlanes([style]));
  const expected = Array.from(field.source, (from) => (from < 0 ? 0 : style.data[from]));
  expect([...voted.data]).toEqual(expected);
});

test('neighbours that would read past the source’s border do not wrap around to its other side', () => {
  // Neighbours end at the right border of the source; moved on by one they would wrap to the next row.
  const source = new Int32Array(12 * 10).fill(SOURCE_WIDTH - 1 + 5 * SOURCE_WIDTH);
  const flat = {
    width: SOURCE_WIDTH,
    height: SOURCE_HEIGHT,
    data: style.data.map((_, i) => (i % SOURCE_WIDTH < 10 ? 1000 : 1)),
  };
  const [voted] = vote({ width: 12, height: 10, source }, packPlanes([flat]));
  expect(worst(voted.data, new Float32Array(120).fill(1))).toBe(0);
});
