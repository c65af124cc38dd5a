import { describe, expect, test } from 'vitest';
import { seededNormal } from '../../../models/image/random.ts';
import { type ColourSamples, density, fitMixture } from '../../../models/segment/colour-mixture.ts';

const COUNT = 900;

/** Colours around each of the means in turn, all with these deviations. */
function sample(means: readonly (readonly number[])[], deviations: readonly number[]): ColourSamples {
  const random = seededNormal(4);
  const channel = (c: number) =>
    Float32Array.from({ length: COUNT }, (_, i) => means[i % means.length][c] + deviations[c] * random());
  return { channels: [channel(0), channel(1), channel(2)] };
}

/** A single colour, to be asked about. */
const colour = (...lab: readonly [number, number, number]): ColourSamples => ({
  channels: [Float32Array.of(lab[0]), Float32Array.of(lab[1]), Float32Array.of(lab[2])],
});

const all = Array.from({ length: COUNT }, (_, i) => i);

describe('a mixture of colours', () => {
  test('has the density of the Gaussian its colours come from', () => {
    const mixture = fitMixture(sample([[60, 15, 20]], [14, 7, 9]), all, 1);
    const expected = (2 * Math.PI) ** -1.5 / (14 * 7 * 9);
    expect(density(mixture, colour(60, 15, 20), 0) / expected).toBeGreaterThan(0.8);
    expect(density(mixture, colour(60, 15, 20), 0) / expected).toBeLessThan(1.1);
    expect(density(mixture, colour(74, 15, 20), 0) / expected).toBeCloseTo(Math.exp(-0.5), 1);
  });

  test('knows two kinds of cloth, and not what lies between them', () => {
    const mixture = fitMixture(
      sample(
        [
          [20, 0, 0],
          [80, 0, 40],
        ],
        [4, 3, 3],
      ),
      all,
      4,
    );
    const between = density(mixture, colour(50, 0, 20), 0);
    for (const [l, b] of [
      [20, 0],
      [80, 40],
    ])
      expect(density(mixture, colour(l, 0, b), 0)).toBeGreaterThan(20 * between);
  });

  test('leaves a little to every colour, and the same where nothing is known', () => {
    const mixture = fitMixture(sample([[60, 15, 20]], [3, 3, 3]), all, 2);
    const far = density(mixture, colour(0, -80, 90), 0);
    expect(far).toBeGreaterThan(0);
    expect(far).toBe(density(null, colour(0, -80, 90), 0));
  });

  test('is of the chosen pixels alone; null when they are too few', () => {
    const two = sample(
      [
        [20, 0, 0],
        [80, 0, 40],
      ],
      [4, 3, 3],
    );
    const even = fitMixture(
      two,
      all.filter((i) => i % 2 === 0),
      2,
    );
    expect(density(even, colour(80, 0, 40), 0)).toBeLessThan(1e-3 * density(even, colour(20, 0, 0), 0));
    expect(fitMixture(two, [1, 2, 3], 2)).toBeNull();
  });
});
