import { describe, expect, test } from 'vitest';
import {
  clipAbove,
  clipBelow,
  leakyRelu,
  prelu,
  relu,
  sigmoid,
  softplus,
} from '../../../models/graph/activation.ts';
import {
  abs,
  add,
  divide,
  log,
  mean,
  multiply,
  negate,
  scale,
  sqrt,
  subtract,
  sum,
} from '../../../models/graph/arithmetic.ts';
import { convolution, frozenConvolution } from '../../../models/graph/convolution.ts';
import { gradients } from '../../../models/graph/gradients.ts';
import { Graph, type Shape, sizeOf, type Tensor } from '../../../models/graph/graph.ts';
import { matmul } from '../../../models/graph/matmul.ts';
import {
  concat,
  cropImage,
  padImage,
  pixelShuffle,
  pixelUnshuffle,
  reshape,
  sliceBatch,
  sliceChannels,
  transpose,
} from '../../../models/graph/shape.ts';
import { crossEntropy, logSoftmax, softmax } from '../../../models/graph/softmax.ts';
import { averagePool, enlargeNearest } from '../../../models/graph/upsample.ts';
import { compile, randomNumbers } from './run.ts';

const STEP = 1 / 128;
const SAMPLES = 12;

/**
 * Largest difference between built gradients and central finite differences, relative to the largest gradient, for
 * the loss Σ r · f(x…) with random r. Inputs keep 0.25 away from 0, where the pieces of the activations meet.
 */
async function worstError(
  shapes: readonly Shape[],
  f: (...x: Tensor[]) => Tensor,
  positive: boolean,
): Promise<number> {
  const random = randomNumbers(sizeOf(shapes[0]) + shapes.length);
  const graph = new Graph();
  const inputs = shapes.map((shape, i) => graph.input(`x${i}`, shape));
  const y = f(...inputs);
  const weights = Float32Array.from({ length: sizeOf(y.shape) }, random);
  const loss = sum(multiply(y, graph.constant(weights, y.shape)));
  for (const [i, gradient] of gradients(loss, inputs).entries()) graph.output(`d${i}`, gradient);
  graph.output('y', y);
  const run = await compile(graph);

  const values = shapes.map((shape) => {
    return Float32Array.from({ length: sizeOf(shape) }, () => {
      const r = random();
      return (positive || r > 0 ? 1 : -1) * (0.25 + 0.75 * Math.abs(r));
    });
  });
  const feeds = Object.fromEntries(values.map((data, i) => [`x${i}`, { data, shape: shapes[i] }]));
  const lossAt = async () =>
    (await run(feeds)).y.data.reduce((total, value, i) => total + value * weights[i], 0);
  const built = await run(feeds);

  let worst = 0;
  for (const [i, data] of values.entries()) {
    const gradient = built[`d${i}`].data;
    expect(built[`d${i}`].shape).toEqual(shapes[i]);
    const largest = gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 1e-3);
    for (let sample = 0; sample < SAMPLES; sample++) {
      const at = Math.floor(((random() + 1) / 2) * data.length);
      const kept = data[at];
      data[at] = kept + STEP;
      const above = await lossAt();
      data[at] = kept - STEP;
      const below = await lossAt();
      data[at] = kept;
      worst = Math.max(worst, Math.abs((above - below) / (2 * STEP) - gradient[at]) / largest);
    }
  }
  return worst;
}

const random = randomNumbers(7);
const whole = (low: number, high: number) => low + Math.floor(((random() + 1) / 2) * (high - low + 1));
const [n, c, k, h, w] = [whole(1, 3), whole(2, 4), whole(2, 5), whole(5, 8), whole(5, 8)];
const image = [n, c, h, w];

interface Case {
  name: string;
  shapes: Shape[];
  f: (...x: Tensor[]) => Tensor;
  positive?: boolean;
}

const convolutionCase = (name: string, from: number, to: number, size: number, stride = 1): Case => ({
  name: `convolution, ${name}`,
  shapes: [[n, from, h, w], [to, from, size, size], [to]],
  f: (x, weight, bias) => convolution(x, weight, bias, stride),
});

const frozenCase = (name: string, stride: number, pads: number[], group: number): Case => ({
  name: `frozen convolution, ${name}`,
  shapes: [image],
  f: (x) => {
    const shape = [c, c / group, 3, 3];
    const weight = x.graph.constant(Float32Array.from({ length: sizeOf(shape) }, randomNumbers(3)), shape);
    return frozenConvolution(x, weight, { stride, pads, group });
  },
});

const cases: Case[] = [
  { name: 'add, broadcast', shapes: [image, [c, 1, 1]], f: add },
  { name: 'add, scalar', shapes: [[], image], f: add },
  { name: 'subtract, broadcast', shapes: [[1, c, 1, w], image], f: subtract },
  { name: 'multiply, broadcast', shapes: [image, [c, 1, 1]], f: multiply },
  { name: 'divide', shapes: [image, [h, 1]], f: divide, positive: true },
  { name: 'negate', shapes: [image], f: negate },
  { name: 'scale', shapes: [image], f: (x) => scale(x, 0.3) },
  { name: 'sqrt', shapes: [image], f: sqrt, positive: true },
  { name: 'log', shapes: [image], f: log, positive: true },
  { name: 'abs', shapes: [image], f: abs },
  { name: 'sum over axes', shapes: [image], f: (x) => sum(x, [0, 2]) },
  { name: 'mean of all', shapes: [image], f: (x) => mean(x) },
  { name: 'prelu', shapes: [image, [c, 1, 1]], f: prelu },
  { name: 'leakyRelu', shapes: [image], f: (x) => leakyRelu(x, 0.2) },
  { name: 'relu', shapes: [image], f: relu },
  { name: 'sigmoid', shapes: [image], f: sigmoid },
  { name: 'softmax', shapes: [image], f: softmax },
  { name: 'logSoftmax', shapes: [image], f: logSoftmax },
  {
    name: 'crossEntropy',
    shapes: [image],
    f: (x) => {
      const shares = Float32Array.from({ length: sizeOf(image) }, () => 0.5 + random() / 2);
      return crossEntropy(x, x.graph.constant(shares, image));
    },
  },
  { name: 'enlargeNearest', shapes: [image], f: (x) => enlargeNearest(x, 2) },
  { name: 'averagePool', shapes: [[n, c, 6, 4]], f: (x) => averagePool(x, 2) },
  { name: 'softplus', shapes: [image], f: softplus },
  { name: 'clipAbove', shapes: [image], f: (x) => clipAbove(x, 0.12) },
  { name: 'clipBelow', shapes: [image], f: (x) => clipBelow(x, -0.12) },
  {
    name: 'matmul',
    shapes: [
      [n, h, c],
      [n, c, w],
    ],
    f: matmul,
  },
  { name: 'reshape', shapes: [image], f: (x) => reshape(x, [n * c, h * w]) },
  { name: 'transpose', shapes: [image], f: (x) => transpose(x, [2, 0, 3, 1]) },
  { name: 'padImage', shapes: [image], f: (x) => padImage(x, 1, 0, 2, 3) },
  { name: 'cropImage', shapes: [image], f: (x) => cropImage(x, 1, 2, h - 3, w - 2) },
  { name: 'sliceChannels', shapes: [[2, 5, h, w]], f: (x) => sliceChannels(x, 1, 3) },
  { name: 'sliceBatch', shapes: [[5, c, h, w]], f: (x) => sliceBatch(x, 2, 2) },
  { name: 'concat', shapes: [image, [n, k, h, w]], f: (a, b) => concat([a, b], 1) },
  { name: 'pixelShuffle', shapes: [[n, 4 * c, h, w]], f: (x) => pixelShuffle(x, 2) },
  { name: 'pixelUnshuffle', shapes: [[n, c, 2 * h, 2 * w]], f: (x) => pixelUnshuffle(x, 2) },
  convolutionCase('many to many', 9, 10, 3),
  convolutionCase('few to many', 3, 9, 5),
  convolutionCase('many to few', 9, 3, 5),
  convolutionCase('few to few', c, k, 3),
  convolutionCase('stride 2', 9, 8, 3, 2),
  convolutionCase('stride 2 from few', 3, 8, 3, 2),
  convolutionCase('stride 2 to few', 9, 2, 3, 2),
  convolutionCase('1×1', 9, 8, 1),
  frozenCase('depthwise', 1, [1, 1, 1, 1], c),
  frozenCase('depthwise, stride 2', 2, [0, 0, 1, 1], c),
  frozenCase('dense, stride 2', 2, [1, 1, 1, 1], 1),
];

describe('gradients agree with central finite differences', () => {
  test.each(cases)('$name', async ({ shapes, f, positive }) => {
    expect(await worstError(shapes, f, positive ?? false)).toBeLessThan(2e-3);
  });

  test('a tensor used twice gets both gradients', async () => {
    expect(await worstError([image], (x) => multiply(x, add(x, x)), false)).toBeLessThan(2e-3);
  });

  test('a parameter that the loss ignores is an error', () => {
    const graph = new Graph();
    const [a, b] = [graph.input('a', [2]), graph.input('b', [2])];
    expect(() => gradients(sum(a), [a, b])).toThrow(RangeError);
  });
});
