/**
 * People who lie on their side or stand on their heads: cameras that did not say how they were held, scans, screenshots.
 * Nearly everything after the search for faces was made for upright people, so pictures are turned by quarters for it.
 */
import type { Picture } from '../image/picture.ts';
import { turnPicture, turnPoint, turnRect, wholeTurns } from '../image/turn.ts';
import type { Face, FaceNetworks } from './face.ts';

/** A picture turned by quarters so that its faces stand upright. */
export interface UprightPicture {
  readonly picture: Picture;
  /** Of `picture`, largest first; empty when there is none. */
  readonly faces: readonly Face[];
  /** Quarters clockwise by which the picture was turned for its people to be upright, 0..3. */
  readonly quarters: number;
}

/** An upright face that is surer than this is not looked for in other turns; see SURE_PRESENCE in ./search.ts. */
const SURE = 0.9995;

/** The picture with its people upright, as most of them (by area) stand; tilts of up to an eighth stay as they are. */
export async function findUpright(picture: Picture, networks: FaceNetworks): Promise<UprightPicture> {
  const faces = await networks.findFaces(picture);
  const asItIs = { picture, faces, quarters: 0 };
  const quarters = mostlyTurned(faces);
  if (quarters !== 0) return (await findTurned(picture, networks, quarters)) ?? asItIs;
  if (faces.length === 0 || surenessOf(faces) > SURE) return asItIs;
  let best: UprightPicture = asItIs;
  for (const turn of [2, 1, 3]) {
    const turned = await findTurned(picture, networks, turn);
    if (turned && surenessOf(turned.faces) > Math.max(SURE, surenessOf(best.faces))) best = turned;
  }
  return best;
}

/** Null unless most of the picture's people are upright then. */
async function findTurned(
  original: Picture,
  networks: FaceNetworks,
  quarters: number,
): Promise<UprightPicture | null> {
  const picture = turnPicture(original, quarters);
  const faces = await networks.findFaces(picture);
  return faces.length > 0 && mostlyTurned(faces) === 0 ? { picture, faces, quarters } : null;
}

const surenessOf = (faces: readonly Face[]) => Math.max(0, ...faces.map(({ score }) => score));

/** Quarters clockwise by which a face has to be turned to be upright, or nearly, 0..3. */
export const quartersToUpright = ({ angle }: Pick<Face, 'angle'>): 0 | 1 | 2 | 3 =>
  wholeTurns(-Math.round(angle / (Math.PI / 2)));

function mostlyTurned(faces: readonly Face[]): number {
  const areas = [0, 0, 0, 0];
  for (const face of faces) areas[quartersToUpright(face)] += face.box.width * face.box.height;
  return areas.indexOf(Math.max(...areas));
}

/**
 * A face of a picture of `size`, in that picture turned clockwise.
 * @param quarters of a turn, any whole number
 */
export function turnFace(
  face: Face,
  quarters: number,
  size: { readonly width: number; readonly height: number },
): Face {
  if (wholeTurns(quarters) === 0) return face;
  const landmarks = face.landmarks.slice();
  for (let i = 0; i < landmarks.length; i += 3) {
    [landmarks[i], landmarks[i + 1]] = turnPoint(landmarks[i], landmarks[i + 1], quarters, size);
  }
  const angle = face.angle + (quarters * Math.PI) / 2;
  return {
    ...face,
    landmarks,
    box: turnRect(face.box, quarters, size),
    angle: Math.atan2(Math.sin(angle), Math.cos(angle)),
  };
}
