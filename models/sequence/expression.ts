/** Whether eyes or a mouth show something else than a motion makes of them: teeth between lips that part, or lids that close. */
import { LEFT_EYE, LIPS_OUTER, RIGHT_EYE } from '../face/index.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import type { FacePlace } from './face-motion.ts';
import { missedShare } from './lost.ts';

/**
 * Share of the box around an eye or the mouth that is missed, from which on the expression is another one. At the most 0.03 were in
 * every second picture of FaceBlit's clip, which stays as it is when it is painted every second time only; 0.06 and more in those of
 * VToonify's clips where an open mouth was shown closed, or teeth were shown that were not there.
 */
const OTHER = 0.06;

/**
 * @param misfit grey levels by which the motion misses
 * @param face in the picture that the motion leads from
 * @param scale px of the motion a px of the pictures
 */
export function hasOtherExpression(misfit: Plane, { landmarks }: FacePlace, scale: number): boolean {
  return [LEFT_EYE, RIGHT_EYE, LIPS_OUTER].some((contour) => {
    const along = (axis: number, size: number) => {
      const values = contour.map((k) => scale * landmarks[3 * k + axis]);
      const from = Math.max(0, Math.floor(Math.min(...values)));
      return { from, length: Math.max(0, Math.min(size, Math.ceil(Math.max(...values))) - from) };
    };
    const [x, y] = [along(0, misfit.width), along(1, misfit.height)];
    const box = createPlane(x.length, y.length, 1);
    const at = (i: number) => (y.from + Math.floor(i / x.length)) * misfit.width + x.from + (i % x.length);
    return missedShare(box, (i) => misfit.data[at(i)]) >= OTHER;
  });
}
