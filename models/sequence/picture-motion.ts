/** Motion from each picture of a sequence to the next, found on small copies. */
import { luma } from '../image/luma.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { resizePlane } from '../image/resize.ts';
import type { ScaledFlow } from './carry.ts';
import { type FacePlace, faceMotion } from './face-motion.ts';
import { type NodeMap, readLinear } from './node-map.ts';
import { misfitOf, opticalFlow } from './optical-flow.ts';
import { steadyFlow } from './steady-flow.ts';

/** Longest side (px) of the copy that motion is found in; at most half of the picture. */
const FLOW_SIZE = 512;
/** Sigma (px of that copy) over which motion is the same where the picture does not tell it. */
const STEADY = 2;
/**
 * Grey levels by which motion misses, and the share of people who are missed from which on they are painted again, and of a
 * person from which on they are begun anew: 0.01 at the most in FaceBlit's clip and in one that zooms twofold, 0.3 and more where
 * every eighth picture of `david` is shown, and the painting moved along falls to pieces.
 */
const MISSED = { level: 12, changed: 0.01, lost: 0.2 };

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
  ): ScaledFlow | null {
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
    return { flow, misfit, width: portrait.width, height: portrait.height };
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

/** Whether there is much of people of whom the motion does not tell what they show now. */
export function hasChanged({ misfit }: ScaledFlow, matte: Plane): boolean {
  const people = resizePlane(matte, misfit.width, misfit.height);
  return missedShare(people, (i) => misfit.data[i]) >= MISSED.changed;
}

/**
 * Whether the motion does not tell where somebody is now.
 * @param matte 0..1, of the person at the nodes of a canvas
 * @param map of the canvas into the picture that the motion leads from
 */
export function isLost({ misfit, width, height }: ScaledFlow, matte: Plane, { x, y }: NodeMap): boolean {
  const [sx, sy] = [misfit.width / width, misfit.height / height];
  const at = (i: number) => readLinear(misfit, (x.data[i] + 0.5) * sx - 0.5, (y.data[i] + 0.5) * sy - 0.5);
  return missedShare(matte, at) >= MISSED.lost;
}

function missedShare({ data }: Plane, misfitAt: (i: number) => number): number {
  let [missed, all] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    if (data[i] < 0.5) continue;
    all++;
    if (misfitAt(i) > MISSED.level) missed++;
  }
  return missed / Math.max(1, all);
}
