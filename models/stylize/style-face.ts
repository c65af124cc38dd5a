/** The face of a style's reference for a person to look at and to correct. */
import { LimnerError } from '../errors.ts';
import { type Face, type FaceNetworks, findUpright } from '../face/index.ts';
import type { Picture } from '../image/picture.ts';
import { withDrawnLids } from '../proportions/drawn-lids.ts';
import { correctionsTo } from './corrections.ts';
import { type Corrections, isCorrected } from './handles.ts';
import type { PrepareOptions } from './reference.ts';
import { LARGEST, numberIn, type UsedReference, usedPart } from './used-reference.ts';

export interface StyleFace {
  /** The used part of the reference, upright. */
  readonly picture: Picture;
  /** The face as the mesh has it, px of `picture`: what corrections start from. */
  readonly mesh: Face;
  /** What the style has of it; null where that is nothing, or of another face. */
  readonly kept: Corrections | null;
  /** What Limner corrects by itself. */
  readonly found: Corrections;
  readonly used: UsedReference;
}

/**
 * @param number of the face, counted from the left; 0: the largest
 * @param style what a style says of its faces
 * @throws NO_FACE_IN_STYLE, NO_SUCH_FACE
 */
export async function findStyleFace(
  reference: Picture,
  networks: FaceNetworks,
  number: number,
  { corrections = {}, correctedFace = LARGEST, knownFace }: PrepareOptions = {},
): Promise<StyleFace> {
  const upright = await findUpright(reference, networks);
  if (upright.faces.length === 0)
    throw new LimnerError('NO_FACE_IN_STYLE', 'No face was found in the style reference.');
  const { picture, face: mesh, used } = usedPart(upright, numberIn(upright, number, knownFace));
  const isKept = isCorrected(corrections) && numberIn(upright, correctedFace, knownFace) === used.number;
  const found = correctionsTo(mesh, withDrawnLids(picture, mesh));
  return { picture, mesh, kept: isKept ? corrections : null, found, used };
}
