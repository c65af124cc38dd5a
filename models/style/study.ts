/** What depends on the portrait alone, found once and reused for every style and setting. */
import { LimnerError } from '../errors.ts';
import type { Face, FaceNetworks } from '../face/index.ts';
import type { Picture, Plane } from '../image/picture.ts';

export interface Study {
  readonly portrait: Picture;
  /** All faces of the portrait, largest first. */
  readonly found: readonly Face[];
  /** Those that are to be restyled. */
  readonly faces: readonly Face[];
  /** The union of the mattes around `faces`, 0..1, at the portrait's size. */
  readonly matte: Plane;
}

/** @throws NO_FACE when the portrait shows none */
export async function studyPortrait(
  portrait: Picture,
  networks: FaceNetworks,
  which: 'all' | 'largest' = 'all',
): Promise<Study> {
  const found = await networks.findFaces(portrait);
  if (found.length === 0) throw new LimnerError('NO_FACE', 'No face was found in the portrait.');
  const faces = which === 'largest' ? found.slice(0, 1) : found;
  return { portrait, found, faces, matte: await matteOf(portrait, faces, networks) };
}

/** The union of the mattes around each face, 0..1, at the portrait's size. */
export async function matteOf(
  portrait: Picture,
  faces: readonly Face[],
  networks: FaceNetworks,
): Promise<Plane> {
  const matte = await networks.matte(portrait, faces[0]);
  for (const face of faces.slice(1)) {
    const other = await networks.matte(portrait, face);
    for (let i = 0; i < matte.data.length; i++) matte.data[i] = Math.max(matte.data[i], other.data[i]);
  }
  return matte;
}
