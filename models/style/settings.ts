/** What a user can ask of a restyled portrait. */
export interface StylizeOptions {
  /** 0..1: how far the person's own features win over the reference's. Default 0.5. */
  readonly likeness?: number;
  /** 0..1: 0 paints skin in the reference's tones, 1 in the portrait's own lightness and hue. Default 0.5. */
  readonly tone?: number;
  /** 0..1: 0 keeps the person's own hair, clothes and outline, 1 wears the reference's. Default 0. */
  readonly shape?: number;
  /** 0..1: 0 leaves the portrait as it is, 1 restyles it wholly. Default 1. */
  readonly strength?: number;
  /** What stands behind the person: the reference's background, the portrait's own, or nothing. Default `style`. */
  readonly background?: BackgroundMode;
  /** Which faces are restyled. Default `all`. */
  readonly faces?: 'all' | 'largest';
  /** How much care is taken, and time. Default `standard`. */
  readonly quality?: Quality;
  /** Aborting ends the work before its next stage with CANCELLED. */
  readonly signal?: AbortSignal;
  /** Called with the share done (0..1) and the stage that begins. */
  readonly onProgress?: (share: number, stage: Stage) => void;
}

export const BACKGROUND_MODES = ['style', 'keep', 'transparent'] as const;
export type BackgroundMode = (typeof BACKGROUND_MODES)[number];

/** For a preview, for most results, for a few large ones. */
export const QUALITIES = ['draft', 'standard', 'best'] as const;
export type Quality = (typeof QUALITIES)[number];

export const STAGES = ['faces', 'reference', 'guides', 'field', 'vote', 'composite'] as const;
export type Stage = (typeof STAGES)[number];

/** Settings of the method. Lengths are in units of the distance between the outer corners of the eyes. */
export interface Method {
  /** Distance from the guided position at which a chunk ends. */
  readonly positionTolerance: number;
  /** By how much of it that is less on eyes, brows, nose and mouth. */
  readonly featureTightness: number;
  /** Difference of matched lightness (0..100) at which a chunk ends. */
  readonly appearanceTolerance: number;
  /** Matching error of a pixel of another material; a chunk ends at 1. */
  readonly materialWeight: number;
  /** Distance between chunk seeds, coarse to fine. */
  readonly chunks: readonly number[];
  readonly searchRadius: number;
  /** Places of the right material anywhere in the reference that each seed tries. */
  readonly tries: number;
  /** Passes that move the borders of chunks to where they show least. */
  readonly seamPasses: number;
  /** How much of each band of lightness is the portrait's: light and shade, */
  readonly coarseGain: number;
  /** features on eyes, brows, nose and mouth, */
  readonly featureGain: number;
  /** the same band elsewhere, */
  readonly skinGain: number;
  /** the finest detail on eyes, brows, nose and mouth, */
  readonly featureDetail: number;
  /** and elsewhere. */
  readonly skinDetail: number;
  /** How far the whole picture is brought to the mean and spread of the reference's colours. */
  readonly paletteGain: number;
  /** How much of that skin is spared: a face keeps the reference's skin, whatever stands around it. */
  readonly skinSpared: number;
  /** How much of its own tone skin keeps, 0..1: a setting of its own, which likeness does not change. */
  readonly tone: number;
  /** How much of their own lightness hair and clothes keep; the rest is the reference's. */
  readonly ownTone: number;
}

const AT_0: Partial<Method> = {
  coarseGain: 0.7,
  featureGain: 0.6,
  skinGain: 0.1,
  featureDetail: 0.1,
  skinDetail: 0,
  skinSpared: 0,
  ownTone: 0,
};
const AT_1: Partial<Method> = {
  featureGain: 1,
  skinGain: 1,
  featureDetail: 0.8,
  skinDetail: 0.5,
  ownTone: 0.8,
};

export const METHOD: Method = {
  positionTolerance: 0.2,
  featureTightness: 0.7,
  appearanceTolerance: 25,
  materialWeight: 4,
  chunks: [0.3, 0.15, 0.075, 0.04],
  searchRadius: 0.2,
  tries: 24,
  seamPasses: 4,
  coarseGain: 1,
  featureGain: 1,
  skinGain: 0.85,
  featureDetail: 0.6,
  skinDetail: 0.18,
  paletteGain: 1,
  skinSpared: 0.35,
  tone: 0.5,
  ownTone: 0.4,
};

const OF_QUALITY: Readonly<Record<Quality, Partial<Method>>> = {
  draft: { chunks: [0.3, 0.15, 0.075], tries: 8, seamPasses: 0 },
  standard: {},
  best: { tries: 96, seamPasses: 16 },
};

/** What the hair of another does not say of a person, the features must: so far worn hair raises the likeness. */
const WORN_LIKENESS = 0.9;

/** The method for a user's settings; METHOD itself is that for none. */
export function methodAt({
  likeness = 0.5,
  tone = METHOD.tone,
  shape = 0,
  quality = 'standard',
}: Pick<StylizeOptions, 'likeness' | 'tone' | 'shape' | 'quality'> = {}): Method {
  const raised = likeness + WORN_LIKENESS * shape * (1 - likeness);
  const end = raised < 0.5 ? AT_0 : AT_1;
  const share = Math.abs(raised - 0.5) * 2;
  const mixed = Object.entries(end).map(([key, value]) => {
    const middle = METHOD[key as keyof Method] as number;
    return [key, middle + share * ((value as number) - middle)];
  });
  const method: Method = { ...METHOD, ...Object.fromEntries(mixed), ...OF_QUALITY[quality], tone };
  // What shows of one's own clothes below a worn costume goes with that.
  return { ...method, ownTone: method.ownTone * (1 - shape) };
}

/** The method where the reference's head is turned otherwise: less by places on the face, more by texture. */
export function fallBack(method: Method, share: number): Method {
  return {
    ...method,
    featureTightness: method.featureTightness * (1 - share),
    positionTolerance: method.positionTolerance * (1 + share),
    featureGain: method.featureGain + share * (1 - method.featureGain),
  };
}
