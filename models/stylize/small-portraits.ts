/** Small portraits, such as avatars, are studied and painted larger than they are, and the result is made small again. */
import type { Picture, Plane } from '../image/picture.ts';
import { shrinkPicture, shrinkPlane } from '../image/shrink.ts';
import type { PortraitAnalysis } from './portrait-analysis.ts';

/**
 * Below an eye distance of `least` px, hair, shaved heads and shadow cannot be told apart; at `studied` they can. Chosen by eye
 * on avatars of 64 to 160 px. A picture whose longer side has more than `longest` px is none: its faces are small because they
 * are far away. `factor` bounds the time.
 */
const SMALL = { least: 48, studied: 96, longest: 200, factor: 4 } as const;

interface Measured extends Pick<PortraitAnalysis, 'faces'> {
  readonly portrait: Pick<Picture, 'width' | 'height'>;
}

/** How many times larger a portrait is painted, a whole number; 1 for those that are large enough. */
export function enlargementOf({ portrait, faces }: Measured): number {
  const { interocular } = faces[0];
  const isLarge = Math.max(portrait.width, portrait.height) > SMALL.longest;
  if (isLarge || interocular >= SMALL.least) return 1;
  return Math.min(SMALL.factor, Math.ceil(SMALL.studied / interocular));
}

/** Less than this share of a pixel changes no 8-bit value. */
const UNPAINTED = 1 / 512;

/**
 * A result `factor` times as large at the size of its portrait; where nothing is painted it is that portrait, to the bit.
 * @param isCutOut whether alpha is the result's, not the portrait's
 */
export function shrinkResult(
  result: { readonly picture: Picture; readonly painted: Plane },
  portrait: Picture,
  factor: number,
  { strength = 1, isCutOut = false },
): { picture: Picture; painted: Plane } {
  const picture = shrinkPicture(result.picture, portrait.width, portrait.height);
  const painted = shrinkPlane(result.painted, factor);
  for (let i = 0; i < painted.data.length; i++) {
    if (!isCutOut) picture.data[4 * i + 3] = portrait.data[4 * i + 3];
    if (painted.data[i] * strength >= UNPAINTED || isCutOut) continue;
    painted.data[i] = 0;
    picture.data.set(portrait.data.subarray(4 * i, 4 * i + 4), 4 * i);
  }
  return { picture, painted };
}
