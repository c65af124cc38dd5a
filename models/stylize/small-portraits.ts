/** Small portraits, such as avatars, are studied and painted larger than they are, and the result is made small again. */
import type { Picture, Plane } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import type { PortraitAnalysis } from './portrait-analysis.ts';
import { clamped } from './reference.ts';

/**
 * Below an eye distance of `least` px, hair, shaved heads and shadow cannot be told apart; at `studied` they can. Chosen by eye
 * on avatars of 64 to 160 px. `factor` and `longest` (px of the enlarged portrait) bound the time; a larger picture with
 * small faces stays as it is.
 */
const SMALL = { least: 40, studied: 80, factor: 4, longest: 640 } as const;

/** How many times larger a portrait is painted; 1 for those that are large enough. */
export function enlargementOf({ portrait, faces }: PortraitAnalysis): number {
  const { interocular } = faces[0];
  if (interocular >= SMALL.least) return 1;
  const longest = Math.max(portrait.width, portrait.height);
  return Math.max(1, Math.min(SMALL.factor, SMALL.studied / interocular, SMALL.longest / longest));
}

/** A result at the size of its portrait; where nothing is painted it is that portrait, to the bit. */
export function shrinkResult(
  result: { readonly picture: Picture; readonly painted: Plane },
  portrait: Picture,
  strength = 1,
): { picture: Picture; painted: Plane } {
  const { width, height } = portrait;
  const picture = resizePicture(result.picture, width, height);
  const painted = clamped(resizePlane(result.painted, width, height));
  for (let i = 0; i < painted.data.length; i++) {
    if (painted.data[i] * strength >= UNPAINTED) continue;
    painted.data[i] = 0;
    picture.data.set(portrait.data.subarray(4 * i, 4 * i + 4), 4 * i);
  }
  return { picture, painted };
}

/** Less than this share of a pixel changes no 8-bit value. */
const UNPAINTED = 1 / 512;
