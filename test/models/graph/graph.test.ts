import { expect, test } from 'vitest';
import { add, multiply } from '../../../models/graph/arithmetic.ts';
import { convolution } from '../../../models/graph/convolution.ts';
import { Graph } from '../../../models/graph/graph.ts';
import { matmul } from '../../../models/graph/matmul.ts';
import { initialParameters, layoutOf, type Network } from '../../../models/graph/parameters.ts';
import { reshape } from '../../../models/graph/shape.ts';
import { compile } from './run.ts';

const two: Network = (x, parameter) => {
  const y = multiply(x, parameter('gain', [3, 1], { fanIn: 2 }));
  return add(y, parameter('shift', [1], { value: 0.5 }));
};

test('the layout of the parameters follows the network', () => {
  const { slots, size } = layoutOf(two, [3, 4]);
  expect(slots.map(({ name, offset }) => [name, offset])).toEqual([
    ['gain', 0],
    ['shift', 3],
  ]);
  expect(size).toBe(4);
  expect(initialParameters(layoutOf(two, [3, 4]), () => 2)).toEqual(Float32Array.of(2, 2, 2, 0.5));
});

test('a name declared twice is an error', () => {
  const twice: Network = (_x, parameter) =>
    add(parameter('a', [1], { value: 0 }), parameter('a', [1], { value: 0 }));
  expect(() => layoutOf(twice, [1])).toThrow('declared twice');
});

test('shapes that do not fit are refused while building', () => {
  const graph = new Graph();
  const [a, b] = [graph.input('a', [2, 3]), graph.input('b', [2, 4])];
  expect(() => add(a, b)).toThrow(RangeError);
  expect(() => matmul(a, b)).toThrow(RangeError);
  expect(() => reshape(a, [5])).toThrow(RangeError);
  expect(() => graph.constant(new Float32Array(3), [2, 2])).toThrow(RangeError);
  const [x, w, k] = [graph.input('x', [1, 3, 4, 4]), graph.input('w', [5, 2, 3, 3]), graph.input('k', [5])];
  expect(() => convolution(x, w, k)).toThrow(RangeError);
});

test('unpack cuts a vector in order', async () => {
  const graph = new Graph();
  const [a, b] = graph.unpack(graph.input('theta', [7]), [[2, 2], [3]]);
  graph.output('a', a);
  graph.output('b', b);
  const outputs = await (await compile(graph))({
    theta: { data: Float32Array.of(1, 2, 3, 4, 5, 6, 7), shape: [7] },
  });
  expect(outputs['a']).toEqual({ data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] });
  expect([...outputs['b'].data]).toEqual([5, 6, 7]);
});
