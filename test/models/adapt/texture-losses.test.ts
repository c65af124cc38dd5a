import { describe, expect, it } from 'vitest';
import {
  opponentColours,
  slicedWasserstein,
  spectrumDifference,
} from '../../../models/adapt/texture-losses.ts';
import { gradients } from '../../../models/graph/gradients.ts';
import { Graph, type Tensor } from '../../../models/graph/graph.ts';
import { compile, type Numbers, randomNumbers } from '../graph/run.ts';

const SHAPE = [2, 3, 72, 72];
const SIZE = 2 * 3 * 72 * 72;
const random = randomNumbers(5);
const picture = (f: (x: number, y: number) => number): Numbers => ({
  shape: SHAPE,
  data: Float32Array.from({ length: SIZE }, (_, i) => f(i % 72, Math.floor(i / 72) % 72)),
});
const grain = (seed: number) => {
  const noise = randomNumbers(seed);
  return picture(() => 0.5 + 0.1 * noise());
};

async function compileLoss(f: (a: Tensor, b: Tensor) => Tensor) {
  const graph = new Graph();
  const [a, b] = [graph.input('a', SHAPE), graph.input('b', SHAPE)];
  const loss = f(a, b);
  graph.output('loss', loss);
  graph.output('gradient', gradients(loss, [a])[0]);
  return compile(graph);
}

const directions = (graph: Graph): Tensor => {
  const values = Float32Array.from({ length: 4 * 147 }, random);
  for (let start = 0; start < values.length; start += 49) {
    const part = values.subarray(start, start + 49);
    const mean = part.reduce((sum, value) => sum + value, 0) / 49;
    for (let i = 0; i < 49; i++) part[i] -= mean;
  }
  return graph.constant(values, [4, 3, 7, 7]);
};

/** Largest difference from central differences at a few places, over the largest gradient. */
async function worstError(run: Awaited<ReturnType<typeof compileLoss>>, a: Numbers, b: Numbers) {
  const { gradient } = await run({ a, b });
  const largest = gradient.data.reduce((most, g) => Math.max(most, Math.abs(g)), 0);
  let worst = 0;
  for (let sample = 0; sample < 10; sample++) {
    const at = Math.floor(((random() + 1) / 2) * SIZE);
    const lossAt = async (change: number) => {
      const data = a.data.slice();
      data[at] += change;
      return (await run({ a: { ...a, data }, b })).loss.data[0];
    };
    const step = 0.02;
    const slope = ((await lossAt(step)) - (await lossAt(-step))) / (2 * step);
    worst = Math.max(worst, Math.abs(slope - gradient.data[at]) / largest);
  }
  return worst;
}

describe('sliced Wasserstein distance of patches', () => {
  const loss = (a: Tensor, b: Tensor) => slicedWasserstein(a, b, directions(a.graph));

  it('is 0 for equal pictures, small for the same grain elsewhere, large for none', async () => {
    const run = await compileLoss(loss);
    const distance = async (a: Numbers, b: Numbers) => (await run({ a, b })).loss.data[0];
    const flat = picture(() => 0.5);
    expect(await distance(grain(1), grain(1))).toBeCloseTo(0, 6);
    expect(await distance(grain(1), grain(2))).toBeLessThan(0.2 * (await distance(flat, grain(2))));
  });

  it('does not see brightness', async () => {
    const run = await compileLoss(loss);
    const [a, b] = [picture(() => 0.3), picture(() => 0.7)];
    expect((await run({ a, b })).loss.data[0]).toBeCloseTo(0, 4);
  });
});

describe('spectrum difference', () => {
  it('sees a dot grid of which patches know little', async () => {
    const run = await compileLoss(spectrumDifference);
    const grid = picture((x, y) => 0.5 + (x % 4 === 0 && y % 4 === 0 ? 0.2 : 0));
    const same = (await run({ a: grain(1), b: grain(2) })).loss.data[0];
    expect((await run({ a: grid, b: grain(2) })).loss.data[0]).toBeGreaterThan(3 * same);
  });

  it('has the gradient of central differences', async () => {
    const run = await compileLoss((a, b) => spectrumDifference(opponentColours(a), opponentColours(b)));
    expect(
      await worstError(
        run,
        grain(1),
        picture((x, y) => 0.5 + 0.3 * Math.sin(x * y)),
      ),
    ).toBeLessThan(0.05);
  });
});
