/** From which picture of a shot's opening its people are painted first: they keep what that painting gives them. */
import { luma } from '../image/luma.ts';
import { faultsOf, type Sight, sightOf } from './sight.ts';
import type { TrackedFrame } from './track-faces.ts';

/** Degrees of turning that somebody counts who is not shown, against one whose face is as large as the largest. */
const MISSING = 60;

/**
 * The place of the best picture, the first of equals. All that show the largest face of the first picture, which has to show one,
 * are looked at; larger faces count more.
 */
export function bestPicture(opening: readonly TrackedFrame[]): number {
  const sights = sightsOf(opening);
  const [main] = opening[0].faces;
  const largest = meanSize(sights.get(main.identity) ?? []);
  const total = opening.map(() => 0);
  for (const [identity, own] of sights) {
    const weight = identity === main.identity ? 1 : Math.min(1, meanSize(own) / largest);
    const faults = faultsOf(own.filter((sight) => sight !== null));
    own.forEach((sight, i) => {
      const missing = identity === main.identity ? Number.POSITIVE_INFINITY : MISSING;
      total[i] += weight * (sight ? (faults.shift() as number) : missing);
    });
  }
  return total.indexOf(Math.min(...total));
}

/** Of everybody in each picture; null where it does not show them. */
function sightsOf(opening: readonly TrackedFrame[]): Map<number, (Sight | null)[]> {
  const sights = new Map<number, (Sight | null)[]>();
  opening.forEach(({ picture, faces }, i) => {
    const grey = faces.length > 0 ? luma(picture) : null;
    for (const face of faces) {
      const own = sights.get(face.identity) ?? opening.map(() => null);
      if (grey) own[i] = sightOf(grey, face);
      sights.set(face.identity, own);
    }
  });
  return sights;
}

function meanSize(sights: readonly (Sight | null)[]): number {
  const sizes = sights.flatMap((sight) => sight?.interocular ?? []);
  return sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length);
}
