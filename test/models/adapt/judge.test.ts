import { describe, expect, it } from 'vitest';
import { isGain } from '../../../models/adapt/judge.ts';

const shipped = { psnrBase: 30, textureBase: 0.006, spectrumBase: 1 };
const nearer = { ...shipped, psnrAdapted: 29.6, textureAdapted: 0.005, spectrumAdapted: 0.9 };

describe('whether what was learnt is kept', () => {
  it('is where texture is nearer, the spectrum no further and pixels lose at most half a decibel', () => {
    expect(isGain(nearer)).toBe(true);
    expect(isGain({ ...nearer, spectrumAdapted: shipped.spectrumBase })).toBe(true);
  });

  it.each([
    ['texture is not nearer', { textureAdapted: 0.006 }],
    ['the spectrum is further', { spectrumAdapted: 1.01 }],
    ['pixels lose more', { psnrAdapted: 29.4 }],
    ['nothing can be measured', { textureAdapted: Number.NaN }],
  ])('is not where %s', (_, worse) => {
    expect(isGain({ ...nearer, ...worse })).toBe(false);
  });
});
