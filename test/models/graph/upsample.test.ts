import { expect, test } from 'vitest';
import { Graph } from '../../../models/graph/graph.ts';
import { averagePool, enlargeNearest } from '../../../models/graph/upsample.ts';
import { compile } from './run.ts';

const COUNTED = { data: Float32Array.from({ length: 2 * 4 * 4 }, (_, i) => i), shape: [1, 2, 4, 4] };

test('averagePool gives means of squares', async () => {
  const graph = new Graph();
  graph.output('y', averagePool(graph.input('x', COUNTED.shape), 2));
  const { y } = await (await compile(graph))({ x: COUNTED });
  expect(y.shape).toEqual([1, 2, 2, 2]);
  expect([...y.data]).toEqual([2.5, 4.5, 10.5, 12.5, 18.5, 20.5, 26.5, 28.5]);
});

test('enlargeNearest repeats each pixel in both directions', async () => {
  const graph = new Graph();
  graph.output('y', enlargeNearest(graph.input('x', [1, 2, 1, 2]), 2));
  const { y } = await (await compile(graph))({
    x: { data: Float32Array.of(1, 2, 3, 4), shape: [1, 2, 1, 2] },
  });
  expect(y.shape).toEqual([1, 2, 2, 4]);
  expect([...y.data]).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
});

test('sides that do not divide into squares are refused', () => {
  const graph = new Graph();
  expect(() => averagePool(graph.input('x', [1, 1, 4, 5]), 2)).toThrow(RangeError);
});
