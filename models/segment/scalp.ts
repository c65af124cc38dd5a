/** What the head above a face looks like: bare, or grown over. */

import { faceFrame, facePositions } from '../face/face-frame.ts';
import { gaussianBlur } from '../image/blur.ts';
import { labPlanes, linearLight } from '../image/colour.ts';
import { cropPicture, cropPlane } from '../image/crop.ts';
import type { Picture, Plane, Rect } from '../image/picture.ts';
import { resizePlane } from '../image/resize.ts';
import { shrinkPicture } from '../image/shrink.ts';

export interface Scalp {
  /** Fine texture of the crown as a multiple of the face's: the geometric mean over cheeks and forehead. */
  readonly texture: number;
  /**
   * How much of the cheeks' own colour the crown has, 1 being all of it. A highlight adds white to skin and leaves its
   * colour (the dichromatic reflection model, Shafer 1985); dark and grey hair has none of it.
   */
  readonly skinColour: number;
}

/** Height of a face (px) in the copy that is looked at: hairs are told from pores, and not from noise. */
const FACE_HEIGHT = 120;
/** Finer than this (face heights) is texture. */
const FINE = 0.014;
/** Least texture (L, 0..100) that is compared with: less is noise. */
const NOISE = 0.2;
const SURE_PERSON = 0.97;
/** Fewer pixels than this say nothing. */
const FEWEST = 40;

/** @returns null where too little of the crown or the face is in the picture */
export function studyScalp(picture: Picture, landmarks: Float32Array, matte: Plane): Scalp | null {
  const { copy, person, points } = headCopy(picture, landmarks, matte);
  const { x, y, radius } = facePositions(points, copy.width, copy.height);
  const where = (test: (px: number, py: number, r: number) => boolean): number[] => {
    const found: number[] = [];
    for (let i = 0; i < person.data.length; i++) {
      if (person.data[i] < SURE_PERSON) continue;
      if (test(Math.abs(x.data[i]), y.data[i], radius.data[i])) found.push(i);
    }
    return found;
  };
  const crown = where((_, py, r) => r > 1.12 && r < 1.5 && py < -0.3);
  const forehead = where((px, py, r) => r < 0.92 && py < -0.22 && px < 0.3);
  const cheeks = where((_, py, r) => r < 0.85 && py > -0.02 && py < 0.2);
  if (Math.min(crown.length, forehead.length, cheeks.length) < FEWEST) return null;
  const { l } = labPlanes(copy);
  const smooth = gaussianBlur(l, FINE * FACE_HEIGHT);
  const texture = (place: readonly number[]) =>
    Math.max(
      NOISE,
      median(place, (i) => Math.abs(l.data[i] - smooth.data[i])),
    );
  const colour = (i: number) => linearLight(copy.data[i * 4]) - linearLight(copy.data[i * 4 + 2]);
  const ofCheeks = median(cheeks, colour);
  return {
    texture: texture(crown) / Math.sqrt(texture(cheeks) * texture(forehead)),
    skinColour: ofCheeks > 0 ? median(crown, colour) / ofCheeks : 0,
  };
}

/** The head alone, at a fixed size. */
function headCopy(
  picture: Picture,
  landmarks: Float32Array,
  matte: Plane,
): { copy: Picture; person: Plane; points: Float32Array } {
  const { centre, height } = faceFrame(landmarks);
  const rect = intersect(centre, height * 1.3, picture);
  const scale = Math.min(1, FACE_HEIGHT / height);
  const width = Math.max(1, Math.round(rect.width * scale));
  const rows = Math.max(1, Math.round(rect.height * scale));
  return {
    copy: shrinkPicture(cropPicture(picture, rect), width, rows),
    person: resizePlane(cropPlane(matte, rect), width, rows),
    points: landmarks.map((value, i) => (i % 3 === 2 ? value : value - (i % 3 ? rect.y : rect.x)) * scale),
  };
}

/** The square of `reach` px around a point, as far as it is in the picture. */
function intersect([cx, cy]: readonly [number, number], reach: number, { width, height }: Picture): Rect {
  const clamp = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)));
  const [left, top] = [clamp(cx - reach, width - 1), clamp(cy - reach, height - 1)];
  return {
    x: left,
    y: top,
    width: Math.max(1, clamp(cx + reach, width) - left),
    height: Math.max(1, clamp(cy + reach, height) - top),
  };
}

function median(indices: readonly number[], value: (i: number) => number): number {
  const values = Float64Array.from(indices, value).sort();
  return values[values.length >> 1];
}

/** Less of the skin's colour than this is hair, dark or grey. */
const LEAST_COLOUR = 0.22;
/** A crown with less texture than this is bare, and one that looks like skin with less than that. */
const SMOOTH = 0.7;
const ROUGH = 1;

/** @param looksLikeSkin whether the colours of the crown are those of the cheeks, shine included */
export function isBare({ texture, skinColour }: Scalp, looksLikeSkin: boolean): boolean {
  return skinColour > LEAST_COLOUR && texture < (looksLikeSkin ? ROUGH : SMOOTH);
}
