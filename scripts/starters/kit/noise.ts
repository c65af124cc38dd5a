import { createPlane, type Plane } from '../../../models/image/picture.ts';

/** A number in 0..1 hashed from a cell of a grid. */
function cellValue(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Value noise, 0..1, features about 1 unit wide. */
export function noise(x: number, y: number, seed: number): number {
  const [ix, iy] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - ix, y - iy].map((t) => t * t * (3 - 2 * t));
  const top = cellValue(ix, iy, seed) * (1 - fx) + cellValue(ix + 1, iy, seed) * fx;
  const bottom = cellValue(ix, iy + 1, seed) * (1 - fx) + cellValue(ix + 1, iy + 1, seed) * fx;
  return top * (1 - fy) + bottom * fy;
}

/** Octaves of noise, 0..1, the coarsest `size` px wide. */
export function cloud(x: number, y: number, size: number, octaves: number, seed: number): number {
  let [sum, weight, total] = [0, 1, 0];
  for (let k = 0; k < octaves; k++) {
    const f = 2 ** k / size;
    sum += weight * noise(x * f + 17 * k, y * f - 31 * k, seed + k);
    total += weight;
    weight /= 2;
  }
  return sum / total;
}

/**
 * The tooth of a paper: 0 valleys .. 1 peaks, spread evenly over that range, so that `tooth > 1 - p` is true for about a share p of
 * the paper.
 * @param grain width of a bump in px
 */
export function paperTooth(width: number, height: number, grain: number, seed: number): Plane {
  const plane = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const fine =
        noise(x / grain, y / grain, seed) * 0.5 + noise(x / grain / 0.55, y / grain / 0.55, seed + 1) * 0.35;
      plane.data[y * width + x] = fine + cellValue(x, y, seed + 2) * 0.15;
    }
  }
  return equalise(plane);
}

/** Spreads values evenly over 0..1 by their ranks. */
function equalise(plane: Plane): Plane {
  const BINS = 4096;
  const counts = new Float64Array(BINS + 1);
  for (const value of plane.data) counts[1 + Math.min(BINS - 1, Math.floor(value * BINS))]++;
  for (let k = 0; k < BINS; k++) counts[k + 1] += counts[k];
  return {
    ...plane,
    data: plane.data.map((v) => counts[Math.min(BINS - 1, Math.floor(v * BINS))] / plane.data.length),
  };
}
