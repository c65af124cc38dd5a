import { expect, test } from 'vitest';
import { METHOD, type Method, methodAt } from '../../../models/stylize/settings.ts';

const GAINS = ['coarseGain', 'featureGain', 'skinGain', 'featureDetail', 'skinDetail', 'ownTone'] as const;

test('the middle of likeness is the method itself', () => {
  expect(methodAt({ likeness: 0.5 })).toEqual(METHOD);
});

test('the ends differ in gains and palette alone', () => {
  for (const end of [methodAt({ likeness: 0 }), methodAt({ likeness: 1 })]) {
    const { paletteGain, skinSpared, ...rest } = end;
    const others = Object.entries(rest).filter(([key]) => !GAINS.some((gain) => gain === key));
    for (const [key, value] of others) expect(value, key).toEqual(METHOD[key as keyof Method]);
    for (const value of [paletteGain, skinSpared]) expect(value >= 0 && value <= 1).toBe(true);
  }
});

test('more likeness is never less of the portrait', () => {
  for (const gain of GAINS) {
    const steps = Array.from({ length: 21 }, (_, i) => methodAt({ likeness: i / 20 })[gain]);
    for (let i = 1; i < steps.length; i++) expect(steps[i], gain).toBeGreaterThanOrEqual(steps[i - 1]);
    expect(steps[0] >= 0 && steps[20] <= 1, gain).toBe(true);
  }
});

test('without likeness, no tones and no skin detail of the portrait’s own', () => {
  expect(methodAt({ likeness: 0 })).toMatchObject({ ownTone: 0, skinDetail: 0, skinSpared: 0 });
});

test('tone is a setting of its own', () => {
  expect(methodAt({ likeness: 0.5, tone: 0.9 })).toEqual({ ...METHOD, tone: 0.9 });
  expect(methodAt({ likeness: 0, tone: 0.9 })).toEqual({ ...methodAt({ likeness: 0 }), tone: 0.9 });
});

test('worn hair raises the likeness, a worn costume takes the own clothes’ tones, the rest stays', () => {
  const worn = methodAt({ likeness: 0.5, shape: 1 });
  expect(worn).toEqual({ ...methodAt({ likeness: 0.95 }), ownTone: 0 });
  expect(methodAt({ likeness: 0, shape: 0.5 }).skinGain).toBeGreaterThan(methodAt({ likeness: 0 }).skinGain);
});

test('the better the quality, the more places are tried', () => {
  const tries = (['draft', 'standard', 'best'] as const).map((quality) => methodAt({ quality }).tries);
  expect(tries).toEqual(tries.toSorted((a, b) => a - b));
  expect(new Set(tries).size).toBe(3);
});

test('between the ends and the middle it is linear', () => {
  expect(methodAt({ likeness: 0.25 }).skinGain).toBeCloseTo(
    (methodAt({ likeness: 0 }).skinGain + METHOD.skinGain) / 2,
    12,
  );
  expect(methodAt({ likeness: 0.75 }).ownTone).toBeCloseTo(
    (methodAt({ likeness: 1 }).ownTone + METHOD.ownTone) / 2,
    12,
  );
});
