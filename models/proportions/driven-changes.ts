/** How far a picture must be deformed for the face mesh to find the changes that are asked for. */
import model from '../weights/proportion-driving.json' with { type: 'json' };
import { type Changes, IS_CHANGED } from './changes.ts';
import { RATIOS, type Ratio } from './ratios.ts';

/** A log ratio is driven no further: eyes no more than four times as open. */
const FURTHEST = 1.4;
/** What a frame of glasses holds together. */
const UNDER_GLASSES: readonly Ratio[] = ['eyeWidth', 'eyeHeight', 'eyeSpacing'];

/**
 * The mesh takes faces for more usual than they are, a reference's no less than a portrait's, and takes one change for
 * several; `driving` (scripts/fit-driving.ts) is the inverse of what it reads of a change.
 * @param isRigid under glasses eyes and all grow alike, and brows are left free
 */
export function drivenChanges(changes: Changes, isRigid: boolean): Changes {
  if (changes.every((change) => !change)) return changes;
  const driven = model.driving.map((row, r) => {
    if (!IS_CHANGED[r]) return null;
    const sum = row.reduce((total, weight, k) => total + weight * (changes[k] ?? 0), 0);
    return Math.min(FURTHEST, Math.max(-FURTHEST, sum));
  });
  if (!isRigid) return driven;
  const at = (ratio: Ratio) => driven[RATIOS.indexOf(ratio)] ?? 0;
  const alike = (at('eyeWidth') + at('eyeSpacing')) / 2;
  return driven.map((change, r) => {
    if (RATIOS[r] === 'brow') return null;
    return UNDER_GLASSES.includes(RATIOS[r]) ? alike : change;
  });
}
