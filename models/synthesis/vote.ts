import { createPlane, type Plane } from '../image/picture.ts';
import type { NearestNeighborField } from './chunk-field.ts';

/**
 * Reads the style through the field: each pixel is the mean of what its 3×3 neighbours' chunks propose for it, so
 * chunk borders melt while the inside of a chunk stays the reference's own pixels. 0 outside the field's region.
 */
export function vote(field: NearestNeighborField, planes: readonly Plane[]): Plane[] {
  const { width, height, source } = field;
  const results = planes.map(() => createPlane(width, height));
  const { width: sourceWidth, height: sourceHeight } = planes[0];
  const votes = new Int32Array(9);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const own = source[i];
      if (own < 0) continue;
      const count = gatherVotes(field, x, y, sourceWidth, sourceHeight, votes);
      for (let p = 0; p < planes.length; p++) {
        const data = planes[p].data;
        if (count === 0) {
          results[p].data[i] = data[own];
          continue;
        }
        let sum = 2 * data[own];
        for (let k = 0; k < count; k++) sum += data[votes[k]];
        results[p].data[i] = sum / (count + 2);
      }
    }
  }
  return results;
}

/** Fills `votes` with the neighbours' proposals and returns their number; 0 when all agree with the pixel itself. */
function gatherVotes(
  { width, height, source }: NearestNeighborField,
  x: number,
  y: number,
  sourceWidth: number,
  sourceHeight: number,
  votes: Int32Array,
): number {
  const i = y * width + x;
  let count = 0;
  let agree = true;
  for (let dy = -1; dy <= 1; dy++) {
    if (y + dy < 0 || y + dy >= height) continue;
    for (let dx = -1; dx <= 1; dx++) {
      if ((dx === 0 && dy === 0) || x + dx < 0 || x + dx >= width) continue;
      const neighbour = source[i + dy * width + dx];
      if (neighbour < 0) continue;
      const proposal = neighbour - dy * sourceWidth - dx;
      const u = (neighbour % sourceWidth) - dx;
      if (u < 0 || u >= sourceWidth || proposal < 0 || proposal >= sourceWidth * sourceHeight) continue;
      votes[count++] = proposal;
      if (proposal !== source[i]) agree = false;
    }
  }
  return agree ? 0 : count;
}
