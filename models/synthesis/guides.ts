import type { Plane } from '../image/picture.ts';
import type { PositionMap } from './moving-least-squares.ts';
import { type PackedPlanes, packPlanes } from './packed-planes.ts';

/**
 * One reason to prefer a source pixel for a target pixel: the squared difference of the two planes times `weight`
 * is added to the matching error. Planes share a range; `weight` is in 1/(unit of the planes)².
 */
export interface Guide {
  readonly source: Plane;
  readonly target: Plane;
  readonly weight: number;
}

/** Target pixels and source pixels of one material, by label. */
export interface Materials {
  /** Label of each target pixel. */
  readonly target: Uint8Array;
  /** For each label the source pixels that show the material; may be empty. */
  readonly members: readonly Int32Array[];
}

/**
 * Everything that says where on the source a target pixel belongs. The error of taking source pixel u for target
 * pixel p is `|position(p) − u|² · positionWeight(p) + Σ weight · (target(p) − source(u))²`.
 */
export interface Correspondence {
  readonly position: PositionMap;
  /** 1/px²; small where the position means little. */
  readonly positionWeight: Plane;
  readonly guides: readonly Guide[];
  readonly materials: Materials;
}

/** Packs the planes of one side of the guides, so that the matching error is a plain squared distance. */
export function packGuides(guides: readonly Guide[], side: 'source' | 'target'): PackedPlanes {
  return packPlanes(
    guides.map((guide) => guide[side]),
    guides.map((guide) => Math.sqrt(guide.weight)),
  );
}
