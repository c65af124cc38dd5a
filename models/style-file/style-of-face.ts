import type { Corrections } from '../stylize/handles.ts';
import type { StyleManifest } from './manifest.ts';

/** One of the faces of a style's reference. */
export interface ChosenFace {
  /** Counted from the left; 0: the largest. */
  readonly number: number;
  /** As the mesh has it, px of the carried reference. */
  readonly landmarks: readonly number[];
  /** How far its points were moved by hand. */
  readonly corrections: Corrections;
}

/** A style that is painted by this face where nobody says otherwise. What was corrected of another is forgotten. */
export const styleOfFace = (
  manifest: StyleManifest,
  { number, landmarks, corrections }: ChosenFace,
): StyleManifest => ({
  ...manifest,
  landmarks: Array.from(landmarks, (value) => Number(value.toFixed(2))),
  settings: { ...manifest.settings, referenceFace: number },
  corrections,
  correctedFace: number,
});
