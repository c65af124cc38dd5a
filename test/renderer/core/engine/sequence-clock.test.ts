import { expect, test } from 'vitest';
import { createClock } from '../../../../renderer/core/engine/sequence-clock.ts';
import type { SequencePart } from '../../../../renderer/core/sequences/sequence.ts';

const told = (
  seconds: number | null,
  count: number | null,
  part: SequencePart,
  done: number,
  end: number,
) => {
  const said: [number, string][] = [];
  createClock({ count, seconds }, part, (share, stage) => said.push([share, stage]))(done, end);
  return said[0];
};

test('of a whole sequence pictures are counted', () => {
  expect(told(10, 8, {}, 2, 0.2)).toEqual([0.25, 'picture 2 of 8']);
});

test.each([
  ['a part', { from: 2, to: 6 }, 1, 0.25],
  ['a part that would end after the sequence', { from: 6, to: 99 }, 1, 0.25],
  ['fewer pictures a second', { fps: 2 }, 5, 0.5],
] as const)('of %s seconds tell the share, so that the time left can be told', (_, part, end, share) => {
  expect(told(10, 250, part, 3, end)).toEqual([share, 'picture 3']);
});

test('where nothing tells it nothing is said', () => {
  expect(told(null, null, {}, 3, 1)).toEqual([0, 'picture 3']);
});
