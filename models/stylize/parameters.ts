/** The numbers of the method. Lengths are in eye distances (between the outer corners of the eyes), energies in squared units of L*a*b*. */
import type { Quality, StylizeOptions } from './settings.ts';

export const PARAMETERS = {
  /** Pyramid: rounds a level, coarsest first (each halves the scale of the next). */
  iterations: [6, 4, 3, 2] as readonly number[],
  sweeps: 2,
  searchRadius: 0.2,
  corrections: 2,
  largestCanvas: 1024,
  styleWeight: 1,
  positionCap: 150,
  uniformity: 8,
  uniformityCap: 100,
  positionScale: 100,
  toleranceFeature: 0.045,
  toleranceFace: 0.22,
  toleranceSkin: 0.5,
  toleranceElse: 0.9,
  toleranceGround: 1.2,
  toleranceWorn: 0.1,
  abstraction: 0.03,
  featureAbstraction: 0.012,
  abstractionThreshold: 2,
  guideCoarse: 0.05,
  guideFine: 0.008,
  coarseGuide: 1,
  fineGuide: Math.SQRT2,
  colourGuide: 0.5,
  facialHairGuide: 34,
  labelGuide: 34,
  featureGuide: 16,
  partGuide: 16,
  skinTone: 0.35,
  ownTone: 0.3,
  coarseGain: 0.6,
  coarseSigma: 0.12,
  featureGain: 0.8,
  bandFine: 0.008,
  bandCoarse: 0.09,
  lineGain: 0.8,
  eyeColour: 0.8,
  finalGain: 0.5,
  sharpness: 0.5,
  sharpSigma: 0.006,
  dilation: 0.012,
};
export type Parameters = typeof PARAMETERS;

/** Where `likeness` leads to from the values above, which are those of its middle. */
const LIKENESS: Readonly<Record<'none' | 'full', Partial<Parameters>>> = {
  none: { coarseGain: 0.25, featureGain: 0.3, lineGain: 0.2, finalGain: 0.2 },
  full: { coarseGain: 0.9, featureGain: 1.1, lineGain: 1, finalGain: 0.9 },
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
    ownTone: PARAMETERS.ownTone * (1 - shape),
    ...parameters,
  };
}
