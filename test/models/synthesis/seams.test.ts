import { expect, test } from 'vitest';
import { chunkField } from '../../../models/synthesis/chunk-field.ts';
import { createMatcher } from '../../../models/synthesis/matcher.ts';
import { settleSeams } from '../../../models/synthesis/seams.ts';
import { planeOf } from '../image/planes.ts';

const [WIDTH, HEIGHT] = [60, 40];
const nothing = planeOf(WIDTH, HEIGHT, () => 0);
const correspondence = {
  position: { x: planeOf(WIDTH, HEIGHT, (x) => x), y: planeOf(WIDTH, HEIGHT, (_, y) => y) },
  positionWeight: planeOf(WIDTH, HEIGHT, () => 1e-4),
  guides: [{ source: nothing, target: nothing, weight: 1 }],
  materials: { target: new Uint8Array(WIDTH * HEIGHT), members: [new Int32Array()] },
};
const options = {
  levels: [8],
  threshold: 1,
  searchRadius: 4,
  tries: 0,
  region: new Uint8Array(WIDTH * HEIGHT).fill(1),
};
const matcher = createMatcher(correspondence, options);

/** A stroke at x = 34: to its left the source is dark, to its right light. */
const stroke = planeOf(WIDTH, HEIGHT, (x) => (x < 34 ? 20 : 80));

/** Two chunks that meet at column 30; the right one lies 4 px further right in the source. */
const twoChunks = () => ({
  width: WIDTH,
  height: HEIGHT,
  source: Int32Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const x = i % WIDTH;
    return x < 30 ? i : Math.min(i + 4, i - x + WIDTH - 1);
  }),
});

/** Sum of the differences of colour that one sees at the borders of chunks. */
function visible({ source }: { source: Int32Array }): number {
  let sum = 0;
  for (let i = 0; i + 1 < source.length; i++) {
    if (i % WIDTH >= 50 || source[i + 1] === source[i] + 1) continue;
    // The pixel to the right, as both of the chunks would paint it.
    sum += Math.abs(stroke.data[source[i] + 1] - stroke.data[source[i + 1]]);
  }
  return sum;
}

test('the border of two chunks moves to where the colours agree', () => {
  const field = twoChunks();
  const before = visible(field);
  expect(before).toBeGreaterThan(500);
  settleSeams(field, matcher, [stroke], 12);
  expect(visible(field)).toBeLessThan(0.2 * before);
});

test('every pixel keeps an offset of its surroundings', () => {
  const field = twoChunks();
  settleSeams(field, matcher, [stroke], 12);
  for (let i = 0; i < field.source.length; i++)
    expect([0, 4]).toContain(Math.min(4, field.source[i] - i === 0 ? 0 : 4));
});

test('where chunks agree nothing moves', () => {
  const field = chunkField(correspondence, options, matcher);
  const before = field.source.slice();
  settleSeams(field, matcher, [nothing], 3);
  expect(field.source).toEqual(before);
});
