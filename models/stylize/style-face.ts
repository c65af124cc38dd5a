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
  /** What Limner corrects by itself. */
  readonly found: Corrections;
  readonly used: UsedReference;
  readonly isLargest: boolean;
}

/**
 * @param number of the face, counted from the left; 0: the largest
 * @throws NO_FACE_IN_STYLE, NO_SUCH_FACE
 */
export async function findStyleFace(
  reference: Picture,
  networks: FaceNetworks,
  number: number,
): Promise<StyleFace> {
  const upright = await findUpright(reference, networks);
  if (upright.faces.length === 0)
    throw new LimnerError('NO_FACE_IN_STYLE', 'No face was found in the style reference.');
  const { picture, face: mesh, used } = usedPart(upright, numberIn(upright, number));
  const isLargest = used.number === numberIn(upright, LARGEST);
  return { picture, mesh, found: correctionsTo(mesh, withDrawnLids(picture, mesh)), used, isLargest };
}

/** The corrections that a style has of a face; null where it has none, or those of another. */
export function correctionsOf(
  { used, isLargest }: Pick<StyleFace, 'used' | 'isLargest'>,
  { corrections = {}, correctedFace = LARGEST }: Pick<PrepareOptions, 'corrections' | 'correctedFace'>,
): Corrections | null {
  const isOfFace = correctedFace === LARGEST ? isLargest : correctedFace === used.number;
  return isOfFace && isCorrected(corrections) ? corrections : null;
}
