/** The face of a style's reference for a person to look at and to correct. */
import { LimnerError } from '../errors.ts';
import { type Face, type FaceNetworks, findUpright } from '../face/index.ts';
import type { Picture } from '../image/picture.ts';
import { withDrawnLids } from '../proportions/drawn-lids.ts';
import { correctionsTo } from './corrections.ts';
import type { Corrections } from './handles.ts';
import { LARGEST, numberIn, type UsedReference, usedPart } from './used-reference.ts';

export interface StyleFace {
  /** The used part of the reference, upright. */
  readonly picture: Picture;
  /** The largest face as the mesh has it, px of `picture`: what corrections start from. */
  readonly mesh: Face;
  /** What Limner corrects by itself. */
  readonly found: Corrections;
  readonly used: UsedReference;
}

/** @throws NO_FACE_IN_STYLE */
export async function findStyleFace(reference: Picture, networks: FaceNetworks): Promise<StyleFace> {
  const upright = await findUpright(reference, networks);
  if (upright.faces.length === 0)
    throw new LimnerError('NO_FACE_IN_STYLE', 'No face was found in the style reference.');
  const { picture, face: mesh, used } = usedPart(upright, numberIn(upright, LARGEST));
  return { picture, mesh, found: correctionsTo(mesh, withDrawnLids(picture, mesh)), used };
}
