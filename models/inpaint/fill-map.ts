/** Where a hole in a picture is filled from. */
import { createPlane, type Plane } from '../image/picture.ts';

/** For each pixel the index of the pixel that paints it: itself outside the hole. */
export interface FillMap {
  readonly width: number;
  readonly height: number;
  readonly source: Int32Array;
}

/** The map of the mirrored picture. */
export function flipFillMap({ width, height, source }: FillMap): FillMap {
  const flip = (i: number) => i + width - 1 - 2 * (i % width);
  return { width, height, source: source.map((_, i) => flip(source[flip(i)])) };
}

/**
 * Reads planes of one size through a fill map that was made on a smaller copy of the picture. The four nearest entries
 * of the map are mixed bilinearly, so that its cells do not show.
 */
export function readFilled(planes: readonly Plane[], map: FillMap): Plane[] {
  const { width, height } = planes[0];
  const results = planes.map(() => createPlane(width, height));
  const [sx, sy] = [width / map.width, height / map.height];
  const columns = mapTaps(width, map.width);
  const rows = mapTaps(height, map.height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      for (let k = 0; k < 4; k++) {
        const [tx, ty] = [2 * x + (k & 1), 2 * y + (k >> 1)];
        const weight = columns.weight[tx] * rows.weight[ty];
        if (weight === 0) continue;
        const cx = columns.index[tx];
        const cy = rows.index[ty];
        const from = map.source[cy * map.width + cx];
        const u = clampTo(x + ((from % map.width) - cx) * sx, width);
        const v = clampTo(y + (((from / map.width) | 0) - cy) * sy, height);
        for (let p = 0; p < planes.length; p++) results[p].data[i] += weight * planes[p].data[v * width + u];
      }
    }
  }
  return results;
}

/** For each of `to` positions the two nearest of `from` cells and their weights. */
function mapTaps(to: number, from: number): { index: Int32Array; weight: Float32Array } {
  const index = new Int32Array(to * 2);
  const weight = new Float32Array(to * 2);
  for (let i = 0; i < to; i++) {
    const position = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    const first = Math.min(from - 1, position | 0);
    index[2 * i] = first;
    index[2 * i + 1] = Math.min(from - 1, first + 1);
    weight[2 * i] = 1 - (position - first);
    weight[2 * i + 1] = position - first;
  }
  return { index, weight };
}

const clampTo = (value: number, length: number) => Math.min(length - 1, Math.max(0, Math.round(value)));
