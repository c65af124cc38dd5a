/** How far a picture must be deformed for the face mesh to find the changes that are asked for. */
import { type Changes, IS_CHANGED } from './changes.ts';
import { RATIOS, type Ratio } from './ratios.ts';

/**
 * How much more a picture must change than the mesh network is to say: the mesh takes faces for more usual than they are, a
 * reference's no less than a portrait's, and reads some of one change as another: a jaw narrows with all that surrounds it.
 * Chosen in three rounds over 98 pairs of 7 portraits and 14 drawn references, so that what was read on the deformed
 * photographs is what was asked; measured on the other half of the portraits (docs/method.md).
 */
export const READING: Readonly<Record<Ratio, number>> = {
  head: 2.5,
  jaw: 0.2,
  chin: 1.75,
  forehead: 0,
  eyeWidth: 2.4,
  eyeHeight: 3.1,
  eyeSpacing: 2.75,
  brow: 2.6,
  noseLength: 4.2,
  noseWidth: 5.7,
  mouth: 0,
  lips: 0,
};

/** A log ratio is driven no further: eyes no more than four times as open. */
const FURTHEST = 0.9;
/** What a frame of glasses lies on, and holds. */
const HELD: readonly Ratio[] = ['brow'];

/** @param isRigid under glasses brows are left free */
export const drivenChanges = (changes: Changes, isRigid: boolean): Changes =>
  changes.map((change, r) =>
    change === null || !IS_CHANGED[r] || (isRigid && HELD.includes(RATIOS[r]))
      ? null
      : Math.min(FURTHEST, Math.max(-FURTHEST, change * READING[RATIOS[r]])),
  );
