/** Divides a portrait of several people among their faces. */
import { type Face, NOSE_TIP } from '../face/index.ts';
import { cropPlane } from '../image/crop.ts';
import { createPlane, type Plane, type Rect } from '../image/picture.ts';

/** Matte below which a pixel is background. */
export const MATTE_FLOOR = 0.02;
/** A cell ends where its face is this much further away than the nearest other face, half of it on each side. */
const BORDER = 0.5;

/** One person's part of the picture. */
export interface FaceCell {
  readonly face: Face;
  /** Whole pixels inside the picture. */
  readonly rect: Rect;
  /** The matte times the share of this face, for the pixels of `rect`. */
  readonly matte: Plane;
}

/**
 * Each pixel goes to the face that is nearest in units of that face's size, with soft borders; the mattes of all cells
 * sum to `matte`. Faces without any pixel get no cell.
 */
export function divideAmongFaces(matte: Plane, faces: readonly Face[], floor: number): FaceCell[] {
  if (faces.length === 1) {
    const rect = extent(matte, floor);
    return rect ? [{ face: faces[0], rect, matte: cropPlane(matte, rect) }] : [];
  }
  const shares = faces.map(() => createPlane(matte.width, matte.height));
  const distances = new Float64Array(faces.length);
  for (let y = 0, i = 0; y < matte.height; y++) {
    for (let x = 0; x < matte.width; x++, i++) {
      if (matte.data[i] === 0) continue;
      faces.forEach((face, k) => {
        distances[k] = distanceInFaces(face, x, y);
      });
      let sum = 0;
      for (let k = 0; k < faces.length; k++) sum += shares[k].data[i] = rawShare(distances, k);
      for (let k = 0; k < faces.length; k++) shares[k].data[i] *= matte.data[i] / sum;
    }
  }
  return faces.flatMap((face, k) => {
    const rect = extent(shares[k], floor);
    return rect ? [{ face, rect, matte: cropPlane(shares[k], rect) }] : [];
  });
}

/**
 * The cell of a face beyond its matte: everything at most `reach` eye distances from it, and the cell itself. Its matte
 * is `matte` times the share of the face.
 */
export function widenCell(
  { face, rect }: FaceCell,
  matte: Plane,
  faces: readonly Face[],
  reach: number,
): FaceCell & { readonly share: Plane } {
  const wide = unite(rect, squareAround(face, reach * face.interocular), matte);
  const share = createPlane(wide.width, wide.height, 1);
  const part = cropPlane(matte, wide);
  if (faces.length > 1) {
    const distances = new Float64Array(faces.length);
    for (let y = 0, i = 0; y < wide.height; y++) {
      for (let x = 0; x < wide.width; x++, i++) {
        faces.forEach((one, k) => {
          distances[k] = distanceInFaces(one, x + wide.x, y + wide.y);
        });
        const sum = faces.reduce((all, _, k) => all + rawShare(distances, k), 0);
        share.data[i] = rawShare(distances, faces.indexOf(face)) / sum;
        part.data[i] *= share.data[i];
      }
    }
  }
  return { face, rect: wide, matte: part, share };
}

function squareAround({ landmarks }: Face, reach: number): Rect {
  const [x, y] = [landmarks[NOSE_TIP * 3] - reach, landmarks[NOSE_TIP * 3 + 1] - reach];
  return { x: Math.floor(x), y: Math.floor(y), width: Math.ceil(2 * reach), height: Math.ceil(2 * reach) };
}

/** The smallest rectangle around both, inside the picture. */
function unite(a: Rect, b: Rect, { width, height }: Plane): Rect {
  const x = Math.max(0, Math.min(a.x, b.x));
  const y = Math.max(0, Math.min(a.y, b.y));
  const right = Math.min(width, Math.max(a.x + a.width, b.x + b.width));
  const bottom = Math.min(height, Math.max(a.y + a.height, b.y + b.height));
  return { x, y, width: right - x, height: bottom - y };
}

function distanceInFaces({ landmarks, interocular }: Face, x: number, y: number): number {
  return Math.hypot(x - landmarks[NOSE_TIP * 3], y - landmarks[NOSE_TIP * 3 + 1]) / interocular;
}

function rawShare(distances: Float64Array, own: number): number {
  let nearestOther = Number.POSITIVE_INFINITY;
  for (let k = 0; k < distances.length; k++) {
    if (k !== own && distances[k] < nearestOther) nearestOther = distances[k];
  }
  return Math.min(1, Math.max(0, 0.5 + (nearestOther - distances[own]) / BORDER));
}

/** The smallest rectangle around all values above `floor`, or null. */
function extent({ width, height, data }: Plane, floor: number): Rect | null {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (data[i] <= floor) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return right < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
