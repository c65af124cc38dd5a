import { describe, expect, test } from 'vitest';
import { PARAMETERS, type Parameters } from '../../../models/stylize/parameters.ts';
import { parametersFor } from '../../../models/stylize/parameters-for.ts';
import { checkOptions, QUALITIES, STROKES, type StylizeOptions } from '../../../models/stylize/settings.ts';

const steps = Array.from({ length: 21 }, (_, i) => i / 20);
const isRising = (values: readonly number[]) => values.every((value, i) => i === 0 || value > values[i - 1]);
/** The names of the numbers in which two settings differ. */
const differences = (a: Parameters, b: Parameters) =>
  (Object.keys(a) as (keyof Parameters)[]).filter((key) => a[key] !== b[key] && key !== 'iterations');
/** What likeness turns up: how much of the person goes into the picture. */
const GAINS = differences(parametersFor({ likeness: 0 }), parametersFor({ likeness: 1 })) as 'finalGain'[];

describe('likeness', () => {
  test.each(GAINS)('turns %s up all the way', (gain) => {
    const values = steps.map((likeness) => parametersFor({ likeness })[gain]);
    expect(isRising(values)).toBe(true);
    expect(values[0]).toBeGreaterThanOrEqual(0);
  });

  test('in its middle is the method itself, and is the default', () => {
    const middle = parametersFor({ likeness: 0.5 });
    for (const gain of GAINS) expect(middle[gain]).toBe(PARAMETERS[gain]);
    expect(parametersFor()).toEqual(
      parametersFor({ likeness: 0.5, tone: 0.5, shape: 0, quality: 'standard' }),
    );
  });

  test('turns up the person’s light and shade, features and lines, and nothing but gains', () => {
    expect(GAINS).toEqual(expect.arrayContaining(['coarseGain', 'featureGain', 'lineGain']));
    for (const name of GAINS) expect(name).toMatch(/Gain$/);
  });

  test('is raised by worn hair, which does not say who it is', () => {
    for (const gain of GAINS) {
      const values = steps.map((shape) => parametersFor({ likeness: 0.3, shape })[gain]);
      expect(isRising(values), gain).toBe(true);
      expect(parametersFor({ likeness: 1, shape: 1 })[gain]).toBeCloseTo(
        parametersFor({ likeness: 1 })[gain],
        12,
      );
    }
  });
});

test('tone leads from none of skin’s own lightness to all of it, and changes nothing else', () => {
  const values = steps.map((tone) => parametersFor({ tone }).skinTone);
  expect(isRising(values)).toBe(true);
  expect([values[0], values.at(-1)]).toEqual([0, 1]);
  expect(differences(parametersFor({ tone: 0.9 }), parametersFor())).toEqual(['skinTone']);
});

test('a costume that is worn takes the tones of one’s own clothes', () => {
  const values = steps.map((shape) => parametersFor({ shape: 1 - shape }).clothesTone);
  expect(isRising(values)).toBe(true);
  expect(values[0]).toBe(0);
});

test('the better the quality, the more rounds, corrections and pixels, in as many levels', () => {
  const all = QUALITIES.map((quality) => parametersFor({ quality }));
  const rounds = all.map(({ iterations }) => iterations.reduce((sum, value) => sum + value, 0));
  for (const values of [rounds, all.map((p) => p.corrections), all.map((p) => p.largestCanvas)])
    expect(isRising(values)).toBe(true);
  // Sizes are multiples of what the reference's levels ask for; see GRID.
  for (const { iterations } of all) expect(iterations).toHaveLength(PARAMETERS.iterations.length);
});

describe('options', () => {
  test.each(['likeness', 'tone', 'shape', 'strength'] as const)('%s is 0 to 1', (name) => {
    for (const value of [0, 0.5, 1]) expect(() => checkOptions({ [name]: value })).not.toThrow();
    for (const value of [-0.01, 1.01, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => checkOptions({ [name]: value })).toThrow(RangeError);
      expect(() => checkOptions({ [name]: value })).toThrow(name);
    }
  });

  test('strokes are 1 to 1.8', () => {
    expect([STROKES.least, STROKES.most]).toEqual([1, 1.8]);
    for (const strokes of [1, 1.4, 1.8]) expect(() => checkOptions({ strokes })).not.toThrow();
    for (const strokes of [0, 0.99, 1.81, Number.NaN])
      expect(() => checkOptions({ strokes })).toThrow(/1\.\.1\.8 for strokes/);
  });

  test('none are needed', () => {
    expect(() => checkOptions({} satisfies StylizeOptions)).not.toThrow();
  });
});
