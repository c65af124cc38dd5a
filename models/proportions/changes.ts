/** Which changes of a face's proportions are asked for. */

import { frontalMesh } from './frontal-mesh.ts';
import { departuresOf, SIGMA, strangeness } from './neutral-ratios.ts';
import { RATIOS } from './ratios.ts';

/** Changes of the log ratios in the order of RATIOS; null leaves a ratio free. */
export type Changes = readonly (number | null)[];

export interface ProportionWishes {
  /** 0..1: how far towards the reference's proportions. */
  readonly proportions: number;
  /** 0..1: how much of the person's own departures from the mean of people is added. */
  readonly exaggerate: number;
}

/** Ratios that are never changed: official portraits, of which the regression was fitted, smile. */
const EXPRESSIVE: readonly string[] = ['mouth', 'lips'];
const IS_OWN: readonly boolean[] = RATIOS.map((ratio) => !EXPRESSIVE.includes(ratio));
/** The mesh knows no hairline: a forehead is as high to it as the rest of a face makes likely, whatever a picture shows. */
export const IS_CHANGED: readonly boolean[] = RATIOS.map((ratio, r) => IS_OWN[r] && ratio !== 'forehead');

/** Departures count up to so many standard deviations of people. */
const MOST = 3;
/**
 * An exaggeration of 1 adds so many times the person's own departures from the mean (no unit; 1, 2 and 2.5 were tried), none
 * beyond MOST. Chosen by eye: with 1, half of 8 photographs were mild; with 2.5, 7 of 17 changes could be made in part only (5 with 2).
 */
const CARICATURE = 2;
/** A head that is turned further (degrees) to a side shows too little of its proportions. */
export const LARGEST_YAW = 30;

/**
 * The portrait's ratios times exp(p · log(reference / mean) + e · 2 log(portrait / mean)), each logarithm within ±3 standard
 * deviations of people and without the share of pose and smile.
 * @param reference landmarks of the reference's face, 468 · 3; null where it has none
 */
export function changesFor(
  portrait: ArrayLike<number>,
  reference: ArrayLike<number> | null,
  { proportions, exaggerate }: ProportionWishes,
): Changes {
  const towards = proportions > 0 && reference ? limited(reference) : null;
  const own = exaggerate > 0 ? limited(portrait, CARICATURE) : null;
  return RATIOS.map((_, r) =>
    IS_CHANGED[r] ? proportions * (towards?.[r] ?? 0) + exaggerate * (own?.[r] ?? 0) : null,
  );
}

const limited = (landmarks: ArrayLike<number>, times = 1) =>
  departuresOf(landmarks).map((value, r) =>
    Math.min(MOST * SIGMA[r], Math.max(-MOST * SIGMA[r], times * value)),
  );

export const isTurned = (landmarks: ArrayLike<number>) => Math.abs(frontalMesh(landmarks).yaw) > LARGEST_YAW;

/**
 * Strangeness from which on a reference is no person's likeness, and from which on its proportions are taken as far as
 * they are by themselves. The strangest of 509 portraits has 2.3, the strangest painting of a person 2.7; cartoons and
 * 3-D figures have 3.2 to 3.8.
 */
const FAR = { begins: 3.2, complete: 3.7, share: 0.35 } as const;

const strangenessOf = (landmarks: ArrayLike<number>) => strangeness(departuresOf(landmarks), IS_OWN);

/** Whether a face is a cartoon's, a figure's or a caricature's. */
export const isFarFromHuman = (landmarks: ArrayLike<number>): boolean =>
  !isTurned(landmarks) && strangenessOf(landmarks) > FAR.begins;

/** How far a reference's proportions are taken where nobody says: 0, or up to 0.35 where it is far from human. */
export function ownProportions(reference: ArrayLike<number>): number {
  if (isTurned(reference)) return 0;
  const far = (strangenessOf(reference) - FAR.begins) / (FAR.complete - FAR.begins);
  return Math.round(100 * FAR.share * Math.min(1, Math.max(0, far))) / 100;
}
