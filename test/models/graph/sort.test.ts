import { describe, expect, it } from 'vitest';
import { abs, mean, subtract } from '../../../models/graph/arithmetic.ts';
import { gradients } from '../../../models/graph/gradients.ts';
import { Graph } from '../../../models/graph/graph.ts';
import { rankMatched } from '../../../models/graph/sort.ts';
import { compile } from './run.ts';

const rows = (...values: number[][]) => ({
  data: Float32Array.from(values.flat()),
  shape: [values.length, values[0].length],
});

describe('rankMatched', () => {
  it('gives b in the order of a, row by row', async () => {
    const graph = new Graph();
    graph.output('y', rankMatched(graph.input('a', [2, 4]), graph.input('b', [2, 4])));
    const run = await compile(graph);
    const { y } = await run({ a: rows([3, 1, 2, 4], [1, 2, 3, 4]), b: rows([10, 40, 30, 20], [4, 3, 2, 1]) });
    expect([...y.data]).toEqual([30, 10, 20, 40, 1, 2, 3, 4]);
  });

  it('makes the gradient of the Wasserstein-1 distance: each number goes to its counterpart', async () => {
    const graph = new Graph();
    const [a, b] = [graph.input('a', [1, 3]), graph.input('b', [1, 3])];
    const distance = mean(abs(subtract(a, rankMatched(a, b))));
    graph.output('d', gradients(distance, [a])[0]);
    graph.output('distance', distance);
    const run = await compile(graph);
    const { d, distance: value } = await run({ a: rows([5, 0, 9]), b: rows([7, 6, 2]) });
    // Sorted: 0, 5, 9 against 2, 6, 7.
    expect(value.data[0]).toBeCloseTo((2 + 1 + 2) / 3, 5);
    expect([...d.data].map((g) => Math.sign(g))).toEqual([-1, -1, 1]);
  });
});
