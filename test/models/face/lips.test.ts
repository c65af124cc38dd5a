import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIPS } from '../../../models/face/index.ts';
import { fromUnits, lipsCrop, lipsGrid } from '../../../models/face/lips.ts';
import { createSession, loadWeights, type Session } from '../../../models/runtime/index.ts';
import { parityInput } from '../../../scripts/tfjs/parity-input.ts';

/** Of the original in TensorFlow.js; what Limner computes itself is whole, see scripts/tfjs/networks.ts. */
interface Reference {
  readonly lips: {
    readonly length: number;
    readonly largest: number;
    readonly step: number;
    readonly samples: readonly number[];
  };
  readonly mesh: readonly number[];
  /** x of all samples, then y. */
  readonly grid: readonly number[];
  readonly points: readonly number[];
}

const file = new URL('../../fixtures/parity/lips.json', import.meta.url);
const original: Reference = JSON.parse(readFileSync(file, 'utf8'));
const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));

describe('as the original in TensorFlow.js', () => {
  const side = 192;
  const crop = lipsCrop(
    Float32Array.from(LIPS.flatMap((k) => [original.mesh[3 * k], original.mesh[3 * k + 1]])),
  );
  let session: Session;
  let input: { dims: number[]; data: Float32Array };
  beforeAll(async () => {
    session = await createSession(await loadWeights('lips'), { device: 'cpu', threads: 1 });
    input = { dims: [1, 3, side, side], data: await parityInput('lips', side) };
  });
  afterAll(() => session.release());

  test('the network answers', async () => {
    const data = new Float32Array(512);
    for (let i = 0; i < 256; i++) data.set([original.grid[i], original.grid[256 + i]], 2 * i);
    const { lips } = await session.run({ input, grid: { dims: [1, 16, 16, 2], data } });
    const { length, largest, step, samples } = original.lips;
    expect(lips.data).toHaveLength(length);
    const answers = samples.map((_, i) => lips.data[i * step]);
    expect(largestDifference(answers, samples) / largest).toBeLessThan(1e-5);
  });

  // The original keeps a constant of its grid in half floats, which makes the crop larger by a two-thousandth.
  test('the crop around the lips is sampled', () => {
    const { data } = lipsGrid(crop);
    expect(
      largestDifference(
        data.filter((_, i) => i % 2 === 0),
        original.grid.slice(0, 256),
      ),
    ).toBeLessThan(1e-3);
    expect(
      largestDifference(
        data.filter((_, i) => i % 2 === 1),
        original.grid.slice(256),
      ),
    ).toBeLessThan(1e-3);
  });

  test('points come back to the input', async () => {
    const { lips } = await session.run({ input, grid: lipsGrid(crop) });
    expect(largestDifference(fromUnits(lips.data, crop), original.points)).toBeLessThan(0.1);
  });
});
