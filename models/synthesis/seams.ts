/**
 * Moves the borders between chunks to where they show least: along strokes instead of halfway between seeds. The cost of
 * a border is that of graph-cut textures (Kwatra et al. 2003); it is lowered pixel by pixel (iterated conditional modes,
 * Besag 1986), which is enough for borders that need to move a few pixels.
 */
import type { Plane } from '../image/picture.ts';
import type { NearestNeighborField } from './chunk-field.ts';
import type { Matcher } from './matcher.ts';

/** Difference of colour (L*a*b*) across a border that costs as much as a matching error of 1. */
const VISIBLE = 12;

/**
 * @param field changed in place: each pixel keeps its offset or takes that of a neighbour
 * @param source the planes that are painted with, of one size
 * @param passes over all pixels, in alternating directions
 */
export function settleSeams(
  field: NearestNeighborField,
  matcher: Matcher,
  source: readonly Plane[],
  passes: number,
): void {
  const seams = createSeams(field, matcher, source);
  for (let pass = 0; pass < passes; pass++) {
    const count = field.source.length;
    let moved = 0;
    for (let n = 0; n < count; n++) if (seams.settle(pass % 2 === 0 ? n : count - 1 - n)) moved++;
    if (moved === 0) return;
  }
}

interface Seams {
  /** Gives a pixel the best offset of its neighbourhood. @returns whether that is another one than before */
  settle(i: number): boolean;
}

function createSeams(
  { width, height, source: match }: NearestNeighborField,
  { sourceWidth, sourceHeight, error }: Matcher,
  source: readonly Plane[],
): Seams {
  const steps = [-1, 1, -width, width];
  /** The same steps in the source. */
  const sourceSteps = [-1, 1, -sourceWidth, sourceWidth];
  const planes = source.map(({ data }) => data);

  /** Squared difference of colour of two places of the source, over VISIBLE squared. */
  function difference(a: number, b: number): number {
    let sum = 0;
    for (const data of planes) sum += (data[a] - data[b]) ** 2;
    return sum / VISIBLE ** 2;
  }

  /** The place in the source that pixel `i` (at x, y) has by the offset of its neighbour `step` away, or -1. */
  function placeBy(x: number, y: number, step: number, neighbour: number): number {
    const dx = step === 1 ? 1 : step === -1 ? -1 : 0;
    const dy = step === width ? 1 : step === -width ? -1 : 0;
    const u = (neighbour % sourceWidth) - dx;
    const v = ((neighbour / sourceWidth) | 0) - dy;
    if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) return -1;
    return u < 0 || u >= sourceWidth || v < 0 || v >= sourceHeight ? -1 : v * sourceWidth + u;
  }

  /** Cost of pixel `i` when painted from `place`: its own error and the borders to its neighbours. */
  function cost(i: number, x: number, y: number, place: number): number {
    let sum = error(x, y, place % sourceWidth, (place / sourceWidth) | 0);
    for (let k = 0; k < 4; k++) {
      const neighbour = match[i + steps[k]] ?? -1;
      if (neighbour < 0 || neighbour === place + sourceSteps[k]) continue;
      const continued = placeBy(x, y, steps[k], neighbour);
      if (continued < 0) continue;
      sum += difference(place, continued);
      // The neighbour's own pixel, as this chunk would paint it.
      const beyond = (place % sourceWidth) + (k === 0 ? -1 : k === 1 ? 1 : 0);
      const further = place + sourceSteps[k];
      const isInside = beyond >= 0 && beyond < sourceWidth && further >= 0 && further < planes[0].length;
      if (isInside) sum += difference(neighbour, further);
    }
    return sum;
  }

  return {
    settle(i) {
      const own = match[i];
      if (own < 0) return false;
      const [x, y] = [i % width, (i / width) | 0];
      let [best, lowest] = [own, -1];
      for (let k = 0; k < 4; k++) {
        const step = steps[k];
        const neighbour = match[i + step] ?? -1;
        if (neighbour < 0 || neighbour === own + sourceSteps[k]) continue;
        const place = placeBy(x, y, step, neighbour);
        if (place < 0 || place === best) continue;
        if (lowest < 0) lowest = cost(i, x, y, best);
        const other = cost(i, x, y, place);
        if (other < lowest) [best, lowest] = [place, other];
      }
      match[i] = best;
      return best !== own;
    },
  };
}
