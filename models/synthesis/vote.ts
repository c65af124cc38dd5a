import { createPlane, type Plane } from '../image/picture.ts';
import type { NearestNeighborField } from './chunk-field.ts';
import type { PackedPlanes } from './packed-planes.ts';

/** How often a pixel's own proposal counts. */
const OWN_VOTES = 2;

/**
 * Reads the style through the field: each pixel is the mean of what its 3×3 neighbours' chunks propose for it, so
 * chunk borders melt while the inside of a chunk stays the reference's own pixels. 0 outside the field's region.
 */
export function vote(field: NearestNeighborField, style: PackedPlanes): Plane[] {
  const { width, height, source } = field;
  const { channels, data } = style;
  const results = Array.from({ length: channels }, () => createPlane(width, height));
  const outputs = results.map((plane) => plane.data);
  const sums = new Float64Array(channels);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const own = source[i];
      if (own < 0) continue;
      if (isInsideChunk(source, i, x, width, style.width)) {
        for (let c = 0, k = own * channels; c < channels; c++, k++) outputs[c][i] = data[k];
      } else {
        const votes = sumVotes(field, style, x, y, sums);
        for (let c = 0; c < channels; c++) outputs[c][i] = sums[c] / votes;
      }
    }
  }
  return results;
}

/** Whether the eight neighbours all propose what the pixel has; never so on the picture's border. */
function isInsideChunk(
  source: Int32Array,
  i: number,
  x: number,
  width: number,
  sourceWidth: number,
): boolean {
  if (x === 0 || x === width - 1 || i < width || i >= source.length - width) return false;
  const own = source[i];
  return (
    source[i - 1] === own - 1 &&
    source[i + 1] === own + 1 &&
    source[i - width] === own - sourceWidth &&
    source[i + width] === own + sourceWidth &&
    source[i - width - 1] === own - sourceWidth - 1 &&
    source[i - width + 1] === own - sourceWidth + 1 &&
    source[i + width - 1] === own + sourceWidth - 1 &&
    source[i + width + 1] === own + sourceWidth + 1
  );
}

/** Sums the proposals for pixel (x, y) a channel at a time and returns their number. */
function sumVotes(
  { width, height, source }: NearestNeighborField,
  style: PackedPlanes,
  x: number,
  y: number,
  sums: Float64Array,
): number {
  const { channels, data } = style;
  const i = y * width + x;
  for (let c = 0; c < channels; c++) sums[c] = OWN_VOTES * data[source[i] * channels + c];
  let votes = OWN_VOTES;
  for (let dy = y > 0 ? -1 : 0; dy <= 1 && y + dy < height; dy++) {
    for (let dx = x > 0 ? -1 : 0; dx <= 1 && x + dx < width; dx++) {
      const neighbour = source[i + dy * width + dx];
      if (neighbour < 0 || (dx === 0 && dy === 0)) continue;
      const u = (neighbour % style.width) - dx;
      const proposal = neighbour - dy * style.width - dx;
      if (u < 0 || u >= style.width || proposal < 0 || proposal >= style.width * style.height) continue;
      for (let c = 0, k = proposal * channels; c < channels; c++, k++) sums[c] += data[k];
      votes++;
    }
  }
  return votes;
}
