/**
 * Moves the border of a mask drawn by hand to the picture's edge: in a narrow band around the border a random walker
 * (Grady 2006) decides; what lies inside or outside the band is certain.
 */
import type { LabPlanes } from '../../models/image/colour.ts';

/** A step's weight falls to 1/e at this colour difference (ΔE); chosen by eye on hair before skin and dark cloth. */
const CONTRAST = 7;
/** Steps across the strongest edge keep this weight. */
const LEAST_STEP = 1e-3;
/** Passes of the solver, and its over-relaxation; enough for bands of 16 px. */
const SWEEPS = 60;
const RELAXATION = 1.7;

/** @param reach half the band, px; @returns the mask with its border moved by less than that */
export function snapMask(mask: Uint8Array, lab: LabPlanes, reach: number): Uint8Array {
  if (reach <= 0) return mask;
  const { width, height } = lab.l;
  const band = bandOf(mask, width, height, reach);
  const share = Float32Array.from(mask);
  const weigh = (i: number, j: number) => {
    const difference =
      (lab.l.data[i] - lab.l.data[j]) ** 2 +
      (lab.a.data[i] - lab.a.data[j]) ** 2 +
      (lab.b.data[i] - lab.b.data[j]) ** 2;
    return LEAST_STEP + Math.exp(-difference / CONTRAST ** 2);
  };
  const neighbours = Array.from(band, (i) => {
    const x = i % width;
    const y = (i - x) / width;
    const found: (readonly [number, number])[] = [];
    if (x > 0) found.push([i - 1, weigh(i, i - 1)]);
    if (x < width - 1) found.push([i + 1, weigh(i, i + 1)]);
    if (y > 0) found.push([i - width, weigh(i, i - width)]);
    if (y < height - 1) found.push([i + width, weigh(i, i + width)]);
    return found;
  });
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let n = 0; n < band.length; n++) {
      const k = sweep % 2 ? band.length - 1 - n : n;
      let [sum, total] = [0, 0];
      for (const [j, weight] of neighbours[k]) {
        sum += weight * share[j];
        total += weight;
      }
      share[band[k]] += RELAXATION * (sum / total - share[band[k]]);
    }
  }
  return Uint8Array.from(share, (value) => (value > 0.5 ? 1 : 0));
}

/** Pixels within `reach` of one on the other side of the border. */
function bandOf(mask: Uint8Array, width: number, height: number, reach: number): Int32Array {
  const near = new Uint8Array(mask.length);
  const steps = Math.ceil(reach);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const isBorder =
        (x + 1 < width && mask[i] !== mask[i + 1]) || (y + 1 < height && mask[i] !== mask[i + width]);
      if (!isBorder) continue;
      for (let dy = -steps; dy <= steps; dy++) {
        for (let dx = -steps; dx <= steps; dx++) {
          const [u, v] = [x + dx, y + dy];
          if (u < 0 || v < 0 || u >= width || v >= height || dx * dx + dy * dy > reach * reach) continue;
          near[v * width + u] = 1;
        }
      }
    }
  }
  return Int32Array.from([...near.keys()].filter((i) => near[i] > 0));
}
