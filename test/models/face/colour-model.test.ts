import { describe, expect, test } from 'vitest';
import { colourDistance, fitColour } from '../../../models/face/colour-model.ts';
import type { LabPlanes } from '../../../models/image/colour.ts';
import { seededNormal } from '../../../models/image/random.ts';
import { planeOf } from '../image/planes.ts';

/** 60 × 50 colours from a Gaussian of these means and deviations, then 20 % of them far off. */
function sample(means: readonly number[], deviations: readonly number[], outliers = 0): LabPlanes {
  const random = seededNormal(4);
  const [l, a, b] = means.map((mean, c) =>
    planeOf(60, 50, (x) => (x < outliers * 60 ? 100 : mean + deviations[c] * random())),
  );
  return { l, a, b };
}

const all = () => true;

describe('the colours of a material', () => {
  test('mean and deviation are those of the Gaussian they come from', () => {
    const { mean, deviation } = fitColour(sample([60, 15, 20], [14, 7, 9]), all)!;
    [60, 15, 20].forEach((expected, c) => {
      expect(Math.abs(mean[c] - expected)).toBeLessThan(0.7);
    });
    [14, 7, 9].forEach((expected, c) => {
      expect(Math.abs(deviation[c] / expected - 1)).toBeLessThan(0.06);
    });
  });

  test('a fifth of wrong pixels hardly moves them', () => {
    const { mean } = fitColour(sample([60, 15, 20], [14, 7, 9], 0.2), all)!;
    [60, 15, 20].forEach((expected, c) => {
      expect(Math.abs(mean[c] - expected)).toBeLessThan(6);
    });
  });

  test('a flat colour still allows for shading', () => {
    const { deviation } = fitColour(sample([60, 15, 20], [0, 0, 0]), all)!;
    for (const spread of deviation) expect(spread).toBeGreaterThan(1);
  });

  test('of the chosen pixels alone; null when they are too few', () => {
    const lab = sample([60, 15, 20], [1, 1, 1], 0.5);
    expect(fitColour(lab, (i) => i % 60 >= 30)!.mean[0]).toBeCloseTo(60, 0);
    expect(fitColour(lab, (i) => i % 60 < 30)!.mean[0]).toBe(100);
    expect(fitColour(lab, (i) => i < 12)).toBeNull();
  });
});

test('distance counts deviations', () => {
  const model = { mean: [50, 10, 20], deviation: [10, 5, 4] } as const;
  const lab = {
    l: planeOf(2, 1, (x) => 50 + 20 * x),
    a: planeOf(2, 1, (x) => 10 - 5 * x),
    b: planeOf(2, 1, (x) => 20 + 12 * x),
  };
  expect(colourDistance(model, lab, 0)).toBe(0);
  expect(colourDistance(model, lab, 1)).toBeCloseTo(4 + 1 + 9, 5);
});
