/** Motion from each picture of a sequence to the next, found on small copies. */
import { luma } from '../image/luma.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { resizePlane } from '../image/resize.ts';
import type { ScaledFlow } from './carry.ts';
import { hasOtherExpression } from './expression.ts';
import { type FacePlace, faceMotion } from './face-motion.ts';
import { missedShare } from './lost.ts';
import { misfitOf } from './misfit.ts';
import { opticalFlow } from './optical-flow.ts';
import { steadyFlow } from './steady-flow.ts';

/** Longest side (px) of the copy that motion is found in; at most half of the picture. */
const FLOW_SIZE = 512;
/** Sigma (px of that copy) over which motion is the same where the picture does not tell it. */
const STEADY = 2;
/** Share of the people whom the motion misses from which on much has changed. */
const CHANGED = 0.01;

/** Motion from one picture to the next. */
export interface PictureFlow extends ScaledFlow {
  /** Of the picture that it leads from. */
  readonly faces: readonly FacePlace[];
}

/** What a picture leaves behind for the motion to the next. */
export interface MotionMemory {
  readonly small: Plane;
  readonly faces: readonly FacePlace[];
}

export class PictureMotion {
  #before: MotionMemory | null = null;

  /**
   * @param faces of the portrait
   * @param people 0..1, of the last picture
   * @returns null where a picture has none before it
   */
  next(
    portrait: Picture,
    faces: readonly FacePlace[],
    isCut: boolean,
    people: Plane | null,
  ): PictureFlow | null {
    const before = this.#before;
    const now = smallLuma(portrait);
    const places = faces.map(({ identity, landmarks, interocular }) => ({
      identity,
      landmarks,
      interocular,
    }));
    this.#before = { small: now, faces: places };
    if (!before || isCut || before.small.width !== now.width || before.small.height !== now.height)
      return null;
    const expected = faceMotion(before.faces, places, now, now.width / portrait.width);
    const raw = opticalFlow(before.small, now, { expected });
    const apart = people && resizePlane(people, now.width, now.height);
    const flow = steadyFlow(raw, before.small, misfitOf(raw, before.small, now), apart, STEADY);
    const misfit = misfitOf(flow, before.small, now);
    return { flow, misfit, faces: before.faces, width: portrait.width, height: portrait.height };
  }

  save(): MotionMemory | null {
    return this.#before;
  }

  load(before: MotionMemory | null): void {
    this.#before = before;
  }
}

function smallLuma(portrait: Picture): Plane {
  const { width, height } = portrait;
  const scale = Math.min(0.5, FLOW_SIZE / Math.max(width, height));
  const grey = luma(portrait);
  return resizePlane(grey, Math.max(16, Math.round(width * scale)), Math.max(16, Math.round(height * scale)));
}

/** Whether there is much of people, or of somebody's eyes or mouth, of which the motion does not tell what they show now. */
export function hasChanged({ misfit, faces, width }: PictureFlow, matte: Plane): boolean {
  const scale = misfit.width / width;
  if (faces.some((face) => hasOtherExpression(misfit, face, scale))) return true;
  const people = resizePlane(matte, misfit.width, misfit.height);
  return missedShare(people, (i) => misfit.data[i]) >= CHANGED;
}
