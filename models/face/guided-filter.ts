import type { Picture, Plane } from '../image/picture.ts';

/** First version: no refinement yet. */
export function refineMatte(_picture: Picture, matte: Plane): Plane {
  return matte;
}
