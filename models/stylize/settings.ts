import type { Picture } from '../image/picture.ts';
import type { Parameters } from './parameters.ts';

/** What a user can ask of a restyled portrait. */
export interface StylizeOptions {
  /** 0..1: how far the person's own features win over the reference's. Default 0.5. */
  readonly likeness?: number;
  /** 0..1: 0 paints skin in the reference's tones, 1 in the portrait's own lightness. Default 0.5. */
  readonly tone?: number;
  /** 0..1: 0 keeps the person's own hair, clothes and outline, 1 wears the reference's. Default 0. */
  readonly shape?: number;
  /** 1..1.8: size of the reference's strokes against the face; 1 is as in the reference. Default 1. */
  readonly strokes?: number;
  /**
   * 0..1: how far the person's proportions are taken towards the reference's; `auto` is 0, or up to 0.35 where the
   * reference's face is far from a person's. Default `auto`.
   */
  readonly proportions?: number | 'auto';
  /** 0..1: how much of twice what tells the person's proportions from the mean is added to them. Default 0. */
  readonly exaggerate?: number;
  /** 0..1: 0 leaves the portrait as it is (in its new proportions), 1 restyles it wholly. Default 1. */
  readonly strength?: number;
  /** What stands behind the person: the reference's background, the portrait's own, or nothing. Default `style`. */
  readonly background?: BackgroundMode;
  /** Which faces are restyled. Default `all`. */
  readonly faces?: 'all' | 'largest';
  /** Which face of the reference, counted from the left, from 1; 0 is the largest. Default 0. */
  readonly referenceFace?: number;
  /** How much care is taken, and time. Default `standard`. */
  readonly quality?: Quality;
  /** Other numbers of the method than those of ./parameters.ts: for tuning it, not for users. */
  readonly parameters?: Partial<Parameters>;
  /** Aborting ends the work before its next stage with CANCELLED. */
  readonly signal?: AbortSignal;
  /** Called with the share done (0..1) and the stage that begins. */
  readonly onProgress?: (share: number, stage: Stage) => void;
  /** Called with each intermediate picture of the method, for bug reports; see ./inspection.ts. */
  readonly inspect?: Inspect;
}

/** @param name of the intermediate picture, the number of the person before a slash */
export type Inspect = (name: string, picture: Picture) => void;

export const BACKGROUND_MODES = ['style', 'keep', 'transparent'] as const;
/** What stands behind the person: the reference's ground, the portrait's own, or nothing. */
export type BackgroundMode = (typeof BACKGROUND_MODES)[number];

/** For a preview, for most results, for a few large ones. */
export const QUALITIES = ['draft', 'standard', 'best'] as const;
/** One of `QUALITIES`. */
export type Quality = (typeof QUALITIES)[number];

export const STROKES = { least: 1, most: 1.8 } as const;

/** Faces of a reference that can be told by their number. */
export const MOST_REFERENCE_FACES = 99;

export const STAGES = ['faces', 'reference', 'guides', 'paint', 'composite'] as const;
/** One of `STAGES`. */
export type Stage = (typeof STAGES)[number];

/** @throws RangeError when a number is not within its range */
export function checkOptions(options: StylizeOptions): void {
  const { likeness, tone, shape, strength, strokes, proportions, exaggerate } = options;
  const { referenceFace = 0 } = options;
  requireWithin('likeness', 0, 1, likeness);
  requireWithin('tone', 0, 1, tone);
  requireWithin('shape', 0, 1, shape);
  requireWithin('strength', 0, 1, strength);
  if (proportions !== 'auto') requireWithin('proportions', 0, 1, proportions);
  requireWithin('exaggerate', 0, 1, exaggerate);
  requireWithin('strokes', STROKES.least, STROKES.most, strokes);
  requireWithin('referenceFace', 0, MOST_REFERENCE_FACES, referenceFace);
  if (!Number.isInteger(referenceFace))
    throw new RangeError(`Expected a whole number for referenceFace but received ${referenceFace}.`);
}

function requireWithin(name: string, least: number, most: number, value = least): void {
  if (!(value >= least && value <= most))
    throw new RangeError(`Expected ${least}..${most} for ${name} but received ${value}.`);
}
