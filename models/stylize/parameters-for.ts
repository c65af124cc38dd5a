/** From what a user asks for to the numbers of the method. */
import { PARAMETERS, type Parameters } from './parameters.ts';
import type { Quality, StylizeOptions } from './settings.ts';

/** Where `likeness` leads to from the values above, which are those of its middle. */
const LIKENESS: Readonly<Record<'none' | 'full', Partial<Parameters>>> = {
  none: {
    coarseGain: 0.25,
    featureGain: 0.3,
    lineGain: 0.2,
    finalGain: 0.2,
    finalCoarseGain: 0,
    finalEyeGain: 0.4,
  },
  full: {
    coarseGain: 0.9,
    featureGain: 1.15,
    lineGain: 1,
    finalGain: 0.9,
    finalCoarseGain: 0.5,
    finalEyeGain: 1,
  },
};

const QUALITY: Readonly<Record<Quality, Partial<Parameters>>> = {
  draft: { largestCanvas: 400, iterations: [5, 3, 2, 1], corrections: 1 },
  standard: {},
  best: { largestCanvas: 1536, iterations: [8, 6, 4, 3], corrections: 3 },
};

/** What the hair of another does not say of a person, the features must: so far worn hair raises the likeness. */
const WORN_LIKENESS = 0.9;

/** The numbers for a user's settings. */
export function parametersFor({
  likeness = 0.5,
  tone = 0.5,
  shape = 0,
  quality = 'standard',
  parameters,
}: StylizeOptions = {}): Parameters {
  const raised = likeness + WORN_LIKENESS * shape * (1 - likeness);
  const end = raised < 0.5 ? LIKENESS.none : LIKENESS.full;
  const share = Math.abs(raised - 0.5) * 2;
  const mixed = Object.entries(end).map(([key, value]) => {
    const middle = PARAMETERS[key as keyof Parameters] as number;
    return [key, middle + share * ((value as number) - middle)];
  });
  return {
    ...PARAMETERS,
    ...Object.fromEntries(mixed),
    ...QUALITY[quality],
    skinTone: tone ** 1.5,
    // What shows of one's own clothes below a worn costume goes with that.
    hairTone: PARAMETERS.hairTone * (1 - shape),
    clothesTone: PARAMETERS.clothesTone * (1 - shape),
    ...parameters,
  };
}
