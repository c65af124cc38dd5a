/**
 * The numbers of the method: value, unit, range that makes sense, meaning, and how it was chosen. Lengths are in eye
 * distances (between the outer corners of the eyes), energies in squared units of L*a*b*. `scripts/tune.ts` renders and
 * measures with other values; docs/method.md explains the method.
 */

/** How a value was chosen. */
type Source =
  /** Read off renders of scripts/tune.ts: measures and sheets. */
  | 'tuned'
  /** By eye on contact sheets alone: no measure sees it. */
  | 'by eye'
  /** Taken from the paper that is named in the meaning. */
  | 'paper'
  /** Follows from time or memory. */
  | 'cost';

interface Parameter<T extends number | readonly number[] = number> {
  readonly value: T;
  readonly unit: string;
  readonly range: readonly [least: number, most: number];
  readonly meaning: string;
  readonly source: Source;
}

const of = <T extends number | readonly number[]>(
  value: T,
  unit: string,
  range: readonly [number, number],
  source: Source,
  meaning: string,
): Parameter<T> => ({ value, unit, range, source, meaning });

const [EYES, ENERGY, SHARE, LAB] = ['eye distances', 'energy', 'share', 'L*a*b*'];

export const PARAMETER_TABLE = {
  iterations: of<readonly number[]>(
    [6, 4, 3, 2],
    'rounds',
    [1, 12],
    'tuned',
    'rounds of matching and voting at each level of the pyramid, coarsest first; each level halves the scale of the next',
  ),
  sweeps: of(2, 'sweeps', [1, 4], 'tuned', 'sweeps of PatchMatch a round, one forwards and one backwards'),
  searchRadius: of(
    0.2,
    EYES,
    [0.05, 0.5],
    'tuned',
    'first random radius of PatchMatch (Barnes et al. 2009) below the coarsest level',
  ),
  seed: of(7, 'number', [0, 65535], 'cost', 'of the random choices; any will do'),
  corrections: of(
    2,
    'times',
    [0, 4],
    'tuned',
    'corrections towards the person that are matched again at the finest level',
  ),
  largestCanvas: of(1024, 'px', [256, 2048], 'cost', 'longest side of what is painted at once'),
  styleWeight: of(1, 'factor', [0.25, 4], 'paper', 'of the mean squared difference of two patches (StyLit)'),
  positionScale: of(100, ENERGY, [10, 400], 'tuned', 'energy one tolerance away from the guided position'),
  positionCap: of(
    150,
    ENERGY,
    [50, 1000],
    'tuned',
    'energy that the distance from the guided position never exceeds',
  ),
  uniformity: of(
    16,
    ENERGY,
    [0, 60],
    'by eye',
    'energy of a piece of the reference that is used as often as an even use would have it (Kaspar et al. 2015; Fišer et al. 2016): less repeats strokes, more blurs materials',
  ),
  uniformityCap: of(
    150,
    ENERGY,
    [20, 500],
    'by eye',
    'energy that overuse never exceeds, so that a small white collar may paint a whole shirt',
  ),
  uniformityCapFull: of(
    500,
    ENERGY,
    [20, 1500],
    'by eye',
    'the same in full renders painted at output size, where no network smooths what repeats: with less, a tone that a drawing has in one place becomes a mesh',
  ),
  toleranceFeature: of(
    0.045,
    EYES,
    [0.02, 0.2],
    'tuned',
    'distance from the guided position on eyes, brows, nose and mouth',
  ),
  toleranceFace: of(0.22, EYES, [0.1, 1], 'tuned', 'the same on other skin of the face'),
  toleranceSkin: of(0.5, EYES, [0.2, 2], 'tuned', 'the same on other skin'),
  toleranceElse: of(0.9, EYES, [0.3, 3], 'tuned', 'the same on hair and clothes'),
  toleranceGround: of(
    1.2,
    EYES,
    [0.3, 3],
    'tuned',
    'the same on the rim of the ground that is painted with a person',
  ),
  toleranceWorn: of(
    0.1,
    EYES,
    [0.05, 0.5],
    'by eye',
    "the same where the reference's hair and costume are worn",
  ),
  abstraction: of(
    0.03,
    EYES,
    [0.01, 0.08],
    'tuned',
    'radius of the Kuwahara filter (Kyprianidis et al. 2009) that takes strokes and photographic shading out of guides',
  ),
  featureAbstraction: of(0.012, EYES, [0.005, 0.03], 'tuned', 'the same on features'),
  abstractionThreshold: of(
    2,
    LAB,
    [0.5, 6],
    'paper',
    'deviation at which a sector of the filter has lost half of its weight',
  ),
  guideCoarse: of(0.05, EYES, [0.02, 0.15], 'tuned', 'border between the two bands of lightness in guides'),
  guideFine: of(0.008, EYES, [0.004, 0.02], 'tuned', 'finest lightness in guides'),
  coarseGuide: of(1, 'factor', [0.25, 3], 'tuned', 'of the coarse band of lightness'),
  fineGuide: of(Math.SQRT2, 'factor', [0.5, 3], 'tuned', 'of the fine band, doubled on features'),
  colourGuide: of(
    0.5,
    'factor',
    [0, 2],
    'by eye',
    'of a and b brought to the reference by optimal transport',
  ),
  labelGuide: of(34, LAB, [10, 80], 'tuned', 'difference of two materials'),
  facialHairGuide: of(34, LAB, [0, 80], 'by eye', 'difference of skin and beard'),
  featureGuide: of(16, LAB, [0, 60], 'tuned', 'difference of a feature and plain skin'),
  partGuide: of(16, LAB, [0, 60], 'tuned', 'difference of eyes or lips and other skin'),
  skinTone: of(
    0.35,
    SHARE,
    [0, 1],
    'tuned',
    'how much of its own lightness skin keeps; `tone` sets it, this is its middle',
  ),
  hairTone: of(0.4, SHARE, [0, 1], 'by eye', 'how much of its own lightness hair keeps'),
  clothesTone: of(0.5, SHARE, [0, 1], 'by eye', 'the same of clothes: suit, shirt and tie stay apart'),
  coarseGain: of(0.6, SHARE, [0, 1], 'tuned', 'how far light and shade are corrected before each matching'),
  coarseSigma: of(0.12, EYES, [0.05, 0.3], 'tuned', 'finest light and shade'),
  featureGain: of(0.95, SHARE, [0, 1.2], 'tuned', 'how far the band of features is corrected'),
  bandFine: of(0.008, EYES, [0.004, 0.02], 'tuned', 'finest border of that band'),
  bandCoarse: of(0.09, EYES, [0.05, 0.2], 'tuned', 'its coarsest'),
  lineGain: of(0.8, SHARE, [0, 1], 'by eye', 'how far strong lines, glasses and wrinkles, count as features'),
  eyeColour: of(
    0.8,
    SHARE,
    [0, 1],
    'by eye',
    "how far eyes and teeth keep the colour they have against the person's skin",
  ),
  finalGain: of(
    0.5,
    SHARE,
    [0, 1],
    'tuned',
    'how far features are corrected once more at the end, without another matching',
  ),
  finalCoarseGain: of(
    0.2,
    SHARE,
    [0, 1],
    'by eye',
    'the same of light and shade: more brings photographic shading back',
  ),
  finalEyeGain: of(0.9, SHARE, [0, 1], 'by eye', 'the same inside the eyes, which must not blur'),
  voteEnergy: of(
    60,
    ENERGY,
    [20, 400],
    'by eye',
    'energy at which a patch has half of its weight in the last vote, which is over 3 × 3 pixels: less is crisper and grainier',
  ),
  dilation: of(0.012, EYES, [0, 0.05], 'by eye', 'how far beyond the person is painted'),
} satisfies Record<string, Parameter<number | readonly number[]>>;

export type Parameters = {
  readonly [Name in keyof typeof PARAMETER_TABLE]: (typeof PARAMETER_TABLE)[Name]['value'] extends number
    ? number
    : readonly number[];
};

export const PARAMETERS = Object.fromEntries(
  Object.entries(PARAMETER_TABLE).map(([name, { value }]) => [name, value]),
) as Parameters;
