import type { Face } from '../face/index.ts';
import { type PatchCloud, patchCloud } from '../image/patch-similarity.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';

/** Pixels whose patches count are at least so much person. */
const PERSON = 0.7;

/**
 * Patches of a person, the picture brought to a size at which the eyes are `interocular` px apart. Two pictures are
 * compared at the canvas's scale, which is the smaller of their two.
 * @param matte how much of each pixel is person, 0..1
 */
export function personPatches(picture: Picture, face: Face, matte: Plane, interocular: number): PatchCloud {
  const scale = interocular / face.interocular;
  const [width, height] = [picture.width, picture.height].map((edge) =>
    Math.max(1, Math.round(edge * scale)),
  );
  const scaled = resizePicture(picture, width, height);
  return patchCloud(scaled, resizePlane(matte, width, height), PERSON);
}
