/** The face of a style's reference as the window shows it, with handles. */
import type { Picture } from '../../models/image/picture.ts';
import { placesOf } from '../../models/stylize/corrections.ts';
import { type Corrections, type Handle, isCorrected } from '../../models/stylize/handles.ts';
import type { StyleFace } from '../../models/stylize/style-face.ts';
import { facePictures } from './sitters.ts';

export interface CorrectableFace {
  /** The used part of the reference, upright. */
  readonly picture: Picture;
  /** Between the outer corners of the eyes as the mesh has them, px of `picture`. */
  readonly interocular: number;
  /** Where the mesh has the handles, px of `picture`. */
  readonly handles: Readonly<Record<Handle, readonly [number, number]>>;
  /** What Limner corrects by itself. */
  readonly found: Corrections;
  /** What the style says of this face, else `found`. */
  readonly corrections: Corrections;
  /** 468 · 3 coordinates over the width of the reference as the style carries it. */
  readonly landmarks: readonly number[];
  /** Its number among the faces of the reference, counted from the left, from 1. */
  readonly number: number;
  /** All of them from the left, where there are several. */
  readonly faces: readonly Picture[];
  /** Whether the style has corrections of another face, which it loses when this one is corrected. */
  readonly replacesAnother: boolean;
}

/** @param corrections of the style, of this face or another @param reference that was looked at */
export function correctableFace(
  { picture, mesh, kept, found, used }: StyleFace,
  corrections: Corrections,
  reference: Picture,
): CorrectableFace {
  return {
    picture,
    interocular: mesh.interocular,
    handles: placesOf(mesh),
    found,
    corrections: kept ?? found,
    landmarks: Array.from(used.face.landmarks, (value) => value / reference.width),
    number: used.number,
    faces: facePictures(reference, used.boxes),
    replacesAnother: !kept && isCorrected(corrections),
  };
}
