/** The kernels in WebAssembly against those in plain TypeScript: the same numbers, bit for bit. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Kernels, Level } from '../../../../models/synthesis/kernels/kernels.ts';
import { referenceKernels } from '../../../../models/synthesis/kernels/reference.ts';
import { loadKernels } from '../../../../models/synthesis/kernels/wasm.ts';
import { noise } from '../../image/planes.ts';
import { ARRAYS, copyLevel, randomLevel, WEIGHTS } from './problems.ts';

const plain = referenceKernels();
let wasm: Kernels;
beforeAll(async () => {
  wasm = await loadKernels();
});

const SIZE = { width: 37, height: 70, sourceWidth: 41, sourceHeight: 29 };

/** Both after the same work on the same problem. */
function both(seed: number, work: (kernels: Kernels, level: Level) => void, anchor?: [number, number]) {
  const expected = randomLevel(plain, SIZE, seed, anchor);
  const actual = copyLevel(wasm, expected);
  work(plain, expected);
  work(wasm, actual);
  return { expected, actual };
}

function expectEqual(actual: Level, expected: Level) {
  for (const name of ARRAYS) expect(actual[name], name).toEqual(expected[name]);
}

const VARIANTS = [
  WEIGHTS,
  { ...WEIGHTS, style: 0 },
  { ...WEIGHTS, style: 0.031, uniformity: 0 },
  { style: 3.7, positionCap: 2.3, uniformity: 500, uniformityCap: 1000 },
];

describe.each(VARIANTS.map((weights, seed) => ({ weights, seed })))('weights $seed', ({ weights, seed }) => {
  test('costs', () => {
    const { expected, actual } = both(seed, (kernels, level) => kernels.computeCosts(level, weights));
    expect(new Set(expected.costs).size).toBeGreaterThan(1000);
    expectEqual(actual, expected);
  });

  test.each([0, 1, 2, 5])('sweep %i after costs', (index) => {
    const { expected, actual } = both(seed, (kernels, level) => {
      kernels.computeCosts(level, weights);
      kernels.sweep(level, weights, index, 20, 0xdeadbeef + index);
    });
    expectEqual(actual, expected);
  });
});

test.each([
  [13, 50],
  [-7, -29],
])('sweeps from an anchor at %i, %i', (...anchor) => {
  const sweep = (kernels: Kernels, level: Level) => {
    kernels.computeCosts(level, WEIGHTS);
    for (const index of [0, 1]) kernels.sweep(level, WEIGHTS, index, 9, index);
  };
  const { expected, actual } = both(11, sweep, anchor as [number, number]);
  expectEqual(actual, expected);
  const { expected: elsewhere } = both(11, sweep);
  expect(elsewhere.field).not.toEqual(expected.field);
});

/** Every pixel's match moved so far inwards that all its patches lie inside the source. */
const inwards = (level: Level) => {
  level.field.forEach((match, k) => {
    const [u, v] = [Math.min(36, Math.max(4, match & 0xffff)), Math.min(24, Math.max(4, match >>> 16))];
    level.field[k] = (v << 16) | u;
  });
};

test('votes', () => {
  const { expected, actual } = both(21, (kernels, level) => {
    inwards(level);
    kernels.vote(level);
  });
  expectEqual(actual, expected);
});

test('votes by energy', () => {
  const { expected, actual } = both(22, (kernels, level) => {
    inwards(level);
    level.costs.forEach((_, k) => {
      level.costs[k] = (k * 37) % 251;
    });
    kernels.voteByEnergy(level, 60);
  });
  expectEqual(actual, expected);
});

test('borders padded', () => {
  const { expected, actual } = both(23, (kernels, level) => {
    level.lab.forEach((_, i) => {
      level.lab[i] = (i * 7919) % 1600;
    });
    kernels.padBorders(level);
  });
  expectEqual(actual, expected);
});

test('ten rounds of everything, as the painter works', () => {
  const { expected, actual } = both(24, (kernels, level) => {
    inwards(level);
    for (let round = 0; round < 10; round++) {
      kernels.computeCosts(level, WEIGHTS);
      kernels.sweep(level, WEIGHTS, 0, 16, round);
      kernels.sweep(level, WEIGHTS, 1, 16, round);
      kernels.vote(level);
    }
  });
  expectEqual(actual, expected);
});

test.each([
  [2, 2],
  [5, 2],
  [3, 0.3],
  [4, 17],
])('Kuwahara of radius %i, threshold %d', (radius, threshold) => {
  const plane = noise(33, 26, radius);
  expect(wasm.kuwahara(plane, radius, threshold)).toEqual(plain.kuwahara(plane, radius, threshold));
});

test('Kuwahara of a picture smaller than its radius', () => {
  const plane = noise(3, 2, 1);
  expect(wasm.kuwahara(plane, 7, 2)).toEqual(plain.kuwahara(plane, 7, 2));
});
