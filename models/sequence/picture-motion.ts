/** Motion from each picture of a sequence to the next, found on small copies. */
import { luma } from '../image/luma.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { resizePlane } from '../image/resize.ts';
import type { ScaledFlow } from './carry.ts';
import { misfitOf, opticalFlow } from './optical-flow.ts';
import { steadyFlow } from './steady-flow.ts';

/** Longest side (px) of the copy that motion is found in; at most half of the picture. */
const FLOW_SIZE = 512;
/** Sigma (px of that copy) over which motion is the same where the picture does not tell it. */
const STEADY = 2;
/** Share of the people in which motion misses by more than so many grey levels, from which on much has changed. */
const CHANGED = { level: 12, share: 0.01 };

export class PictureMotion {
  #before: Plane | null = null;

  /** @param people 0..1, of the last picture. @returns null where a picture has none before it */
  next(portrait: Picture, isCut: boolean, people: Plane | null): ScaledFlow | null {
    const before = this.#before;
    const now = smallLuma(portrait);
    this.#before = now;
    if (!before || isCut || before.width !== now.width || before.height !== now.height) return null;
    const raw = opticalFlow(before, now);
    const apart = people && resizePlane(people, now.width, now.height);
    const flow = steadyFlow(raw, before, misfitOf(raw, before, now), apart, STEADY);
    return { flow, misfit: misfitOf(flow, before, now), width: portrait.width, height: portrait.height };
  }

  /** The last picture, small. */
  save(): Plane | null {
    return this.#before;
  }

  load(before: Plane | null): void {
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
  let [changed, all] = [0, 0];
  for (let i = 0; i < misfit.data.length; i++) {
    if (people.data[i] < 0.5) continue;
    all++;
    if (misfit.data[i] > CHANGED.level) changed++;
  }
  return changed / Math.max(1, all) >= CHANGED.share;
}
