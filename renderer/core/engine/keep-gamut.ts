import type { Picture } from '../../../models/image/picture.ts';
import type { FullResult } from '../../../models/stylize/render-full.ts';
import type { StylizeOptions } from '../../../models/stylize/settings.ts';
import type { Gamut } from '../pictures/colour/gamut.ts';
import { ownShare, widenResult } from '../pictures/colour/widen.ts';
import type { SourcePicture } from '../pictures/read-picture.ts';

/** A painted portrait in the gamut of its file, where that is known and wider than sRGB; else as it is. */
export function keepGamut(
  { picture, painted, proportions }: FullResult,
  { picture: source, wide }: SourcePicture,
  { strength = 1, background, exaggerate = 0 }: StylizeOptions,
): { readonly picture: Picture; readonly gamut?: Gamut } {
  if (!wide) return { picture };
  const hasMoved = proportions > 0 || exaggerate > 0;
  const isCutOut = background === 'transparent';
  const own = ownShare(painted, { strength, isCutOut }, hasMoved ? { source, result: picture } : null);
  return { picture: widenResult(picture, { source, wide, own }), gamut: wide.gamut };
}
