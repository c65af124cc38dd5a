import { createPlane, type Plane } from '../image/picture.ts';
import { featureTransform } from './feature-transform.ts';
import type { PositionMap } from './moving-least-squares.ts';

/** The pixels of one material in the source, ready to answer where the nearest of them is. */
export interface MaterialIndex {
  readonly width: number;
  readonly height: number;
  readonly isMember: Uint8Array;
  /** For each pixel the index of the nearest member. */
  readonly nearest: Int32Array;
  /** Indices of all members. */
  readonly members: Int32Array;
}

/** Positions, and how far each had to be moved (px in the source). */
export interface RetargetedPositions extends PositionMap {
  readonly moved: Plane;
}

/** @param isMember 1 where the source shows the material */
export function indexMaterial(width: number, height: number, isMember: Uint8Array): MaterialIndex {
  const { nearest } = featureTransform(width, height, (i) => isMember[i] > 0);
  let count = 0;
  for (let i = 0; i < isMember.length; i++) count += isMember[i];
  const members = new Int32Array(count);
  for (let i = 0, k = 0; i < isMember.length; i++) if (isMember[i] > 0) members[k++] = i;
  return { width, height, isMember, nearest, members };
}

/**
 * Moves the positions that fall on another material (or past the border of the source) to the same material: mirrored
 * at its edge, so that what lies d pixels outside is painted from d pixels inside, as a texture and not as a streak.
 *
 * @param materials for each target pixel a number of `indices`, or 255 for a pixel to leave alone
 */
export function retargetPositions(
  position: PositionMap,
  materials: Uint8Array,
  indices: readonly MaterialIndex[],
): RetargetedPositions {
  const { width, height } = position.x;
  const x = createPlane(width, height);
  const y = createPlane(width, height);
  const moved = createPlane(width, height);
  for (let i = 0; i < materials.length; i++) {
    const u = position.x.data[i];
    const v = position.y.data[i];
    const index = indices[materials[i]];
    if (index) {
      moveInto(index, u, v, x, y, i);
      const [dx, dy] = [x.data[i] - u, y.data[i] - v];
      if (dx !== 0 || dy !== 0) moved.data[i] = Math.sqrt(dx * dx + dy * dy);
    } else {
      x.data[i] = u;
      y.data[i] = v;
    }
  }
  return { x, y, moved };
}

function moveInto(index: MaterialIndex, u: number, v: number, x: Plane, y: Plane, i: number): void {
  const { width, height, isMember, nearest } = index;
  const mu = mirrorInto(u, width);
  const mv = mirrorInto(v, height);
  const at = ((mv + 0.5) | 0) * width + ((mu + 0.5) | 0);
  x.data[i] = mu;
  y.data[i] = mv;
  if (isMember[at] > 0 || nearest[at] < 0) return;
  const nu = nearest[at] % width;
  const nv = (nearest[at] / width) | 0;
  const ru = mirrorInto(2 * nu - mu, width);
  const rv = mirrorInto(2 * nv - mv, height);
  const isInside = isMember[((rv + 0.5) | 0) * width + ((ru + 0.5) | 0)] > 0;
  x.data[i] = isInside ? ru : nu;
  y.data[i] = isInside ? rv : nv;
}

/** A coordinate mirrored at both borders into 0..length-1. */
export function mirrorInto(value: number, length: number): number {
  const last = length - 1;
  if (value >= 0 && value <= last) return value;
  if (last === 0) return 0;
  const folded = ((value % (2 * last)) + 2 * last) % (2 * last);
  return folded <= last ? folded : 2 * last - folded;
}
