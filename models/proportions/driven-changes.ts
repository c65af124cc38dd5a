/** How far a picture must be deformed for the face mesh to find the changes that are asked for. */
import { type Changes, IS_CHANGED } from './changes.ts';
import { RATIOS, type Ratio } from './ratios.ts';

/**
 * How much more a picture must change than the mesh network is to say: the mesh takes faces for more usual than they are, a
 * reference's no less than a portrait's, and reads some of one change as another.
 */
export const READING: Readonly<Record<Ratio, number>> = {
  head: 1.8,
  jaw: 1.4,
  chin: 1.8,
  forehead: 0,
  eyeWidth: 2.9,
  eyeHeight: 3.2,
  eyeSpacing: 3.2,
  brow: 2.4,
  noseLength: 3,
  noseWidth: 5,
  mouth: 0,
  lips: 0,
};

/** A log ratio is driven no further: eyes no more than four times as open. */
const FURTHEST = 1.4;
/** What a frame of glasses holds together. */
const UNDER_GLASSES: readonly Ratio[] = ['eyeWidth', 'eyeHeight', 'eyeSpacing'];

/** @param isRigid under glasses eyes and all grow alike, and brows are left free */
export function drivenChanges(changes: Changes, isRigid: boolean): Changes {
  const driven = changes.map((change, r) =>
    change === null || !IS_CHANGED[r]
      ? null
      : Math.min(FURTHEST, Math.max(-FURTHEST, change * READING[RATIOS[r]])),
  );
  if (!isRigid) return driven;
  const at = (ratio: Ratio) => driven[RATIOS.indexOf(ratio)] ?? 0;
  const alike = (at('eyeWidth') + at('eyeSpacing')) / 2;
  return driven.map((change, r) => {
    if (RATIOS[r] === 'brow') return null;
    return UNDER_GLASSES.includes(RATIOS[r]) ? alike : change;
  });
}
