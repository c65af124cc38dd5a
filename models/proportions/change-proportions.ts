/** A person of a picture with other proportions: the picture deformed around the face. */
import type { Face } from '../face/index.ts';
import type { Picture, Plane } from '../image/picture.ts';
import type { Changes } from './changes.ts';
import { drivenChanges } from './driven-changes.ts';
import { type FoundDeformation, findDeformation, studySubject } from './find-deformation.ts';
import { warpPicture, warpPlane } from './warp.ts';

export interface People {
  readonly picture: Picture;
  /** Of all its people, 0..1, at its size. */
  readonly matte: Plane;
}

export interface ChangeResult extends People, Omit<FoundDeformation, 'deformation'> {
  /** Whether glasses were found. */
  readonly isRigid: boolean;
}

export interface ChangeOptions {
  /** Faces that stay where they are. */
  readonly others?: readonly Face[];
  /** Whether glasses are worn, where that is known; else they are looked for. */
  readonly isRigid?: boolean;
  /** 0..1: the largest share of the change that is made. Default 1. */
  readonly most?: number;
}

export function changeProportions(
  people: People,
  face: Face,
  changes: Changes,
  { others, isRigid, most }: ChangeOptions = {},
): ChangeResult {
  const { picture, matte } = people;
  const subject = studySubject(people, face, others, isRigid);
  const { deformation, ...found } = findDeformation(subject, drivenChanges(changes, subject.isRigid), most);
  const result = { ...found, isRigid: subject.isRigid };
  if (!deformation) return { ...people, ...result };
  return {
    ...result,
    picture: warpPicture(picture, deformation),
    matte: warpPlane(matte, deformation),
  };
}
