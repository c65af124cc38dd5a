/** How well pixels of a target and of a source agree by their guides, and where a seed finds its match. */
import { type Correspondence, packGuides } from './guides.ts';

export interface SearchOptions {
  /** Half the side of the window around the guided position that a seed searches (px). */
  readonly searchRadius: number;
  /** Pixels of the same material that a seed tries anywhere in the source, where position means little. */
  readonly tries: number;
}

export interface Matcher {
  readonly width: number;
  readonly height: number;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  /** Matching error of target pixel (x, y) and source pixel (u, v); both must lie inside. */
  error(x: number, y: number, u: number, v: number): number;
  /**
   * Index of the best source pixel for the surroundings (`spacing` px wide) of target pixel (x, y).
   * @param hints offsets (u − x, v − y) of neighbouring chunks; one that is good enough is taken at once
   */
  search(x: number, y: number, spacing: number, hints: readonly Offset[]): number;
}

export type Offset = readonly [number, number];

/** Mean error up to which a neighbour's offset is good enough: coherence is worth more than a slightly better match. */
const COHERENT = 0.45;
/** The centre of the surroundings counts twice. */
const SURROUNDING_WEIGHTS = 6;

export function createMatcher(
  correspondence: Correspondence,
  { searchRadius, tries }: SearchOptions,
): Matcher {
  const { position, positionWeight, guides, materials } = correspondence;
  const source = packGuides(guides, 'source');
  const target = packGuides(guides, 'target');
  const { width, height, channels } = target;
  const { width: sourceWidth, height: sourceHeight } = source;
  const [a, b] = [target.data, source.data];
  const [px, py, pw] = [position.x.data, position.y.data, positionWeight.data];

  function error(x: number, y: number, u: number, v: number): number {
    const i = y * width + x;
    const dx = px[i] - u;
    const dy = py[i] - v;
    let sum = (dx * dx + dy * dy) * pw[i];
    for (let c = 0, s = i * channels, t = (v * sourceWidth + u) * channels; c < channels; c++, s++, t++) {
      const d = a[s] - b[t];
      sum += d * d;
    }
    return sum;
  }

  const isInside = (x: number, y: number, u: number, v: number) =>
    x >= 0 && x < width && y >= 0 && y < height && u >= 0 && u < sourceWidth && v >= 0 && v < sourceHeight;

  /** Summed error over the centre and four points around it, each at the same offset; stops above `limit`. */
  function surroundingsError(x: number, y: number, u: number, v: number, r: number, limit: number): number {
    let sum = 2 * error(x, y, u, v);
    for (let k = 0; k < 4 && sum < limit; k++) {
      const ox = k === 0 ? r : k === 1 ? -r : 0;
      const oy = k === 2 ? r : k === 3 ? -r : 0;
      if (isInside(x + ox, y + oy, u + ox, v + oy)) sum += error(x + ox, y + oy, u + ox, v + oy);
      else sum += sum / (k + 2); // no evidence: the mean of the others
    }
    return sum;
  }

  function search(x: number, y: number, spacing: number, hints: readonly Offset[]): number {
    const i = y * width + x;
    const ring = Math.max(1, Math.round(spacing / 2));
    let bestU = Math.min(sourceWidth - 1, Math.max(0, Math.round(px[i])));
    let bestV = Math.min(sourceHeight - 1, Math.max(0, Math.round(py[i])));
    let best = surroundingsError(x, y, bestU, bestV, ring, Number.POSITIVE_INFINITY);
    const consider = (u: number, v: number) => {
      if (u < 0 || u >= sourceWidth || v < 0 || v >= sourceHeight) return;
      const e = surroundingsError(x, y, u, v, ring, best);
      if (e < best) {
        best = e;
        bestU = u;
        bestV = v;
      }
    };
    for (const [du, dv] of hints) consider(x + du, y + dv);
    if (best < COHERENT * SURROUNDING_WEIGHTS && hints.length > 0) return bestV * sourceWidth + bestU;
    const members = materials.members[materials.target[i]];
    if (members.length > 0) {
      for (let k = 0; k < tries; k++) {
        const at = members[Math.floor(hash01(x, y, k) * members.length)];
        consider(at % sourceWidth, (at / sourceWidth) | 0);
      }
    }
    // A window around the best so far, then ever finer.
    for (let step = Math.max(1, Math.round(searchRadius / 3)), reach = 3; step >= 1; step >>= 1, reach = 1) {
      const [cu, cv] = [bestU, bestV];
      for (let dv = -reach; dv <= reach; dv++) {
        for (let du = -reach; du <= reach; du++) consider(cu + du * step, cv + dv * step);
      }
    }
    return bestV * sourceWidth + bestU;
  }

  return { width, height, sourceWidth, sourceHeight, error, search };
}

/** A fixed number in 0..1 for three integers, so that the same input gives the same picture. */
export function hash01(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
}
