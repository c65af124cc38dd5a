import { catmullRom } from './catmull-rom.ts';
import { createPlane, type Plane } from './picture.ts';

/**
 * Rows `top` to `top + rows` of a plane enlarged to `width` × `height` (Catmull-Rom, pixel centres at half-integers,
 * borders repeated). Large pictures are put together band by band with it, so that no full-size copy is needed.
 */
export function enlargeRows(plane: Plane, width: number, height: number, top: number, rows: number): Plane {
  if (plane.width === width && plane.height === height) {
    return { width, height: rows, data: plane.data.subarray(top * width, (top + rows) * width) };
  }
  const out = createPlane(width, rows);
  const columns = taps(plane.width, width, 0, width);
  const lines = taps(plane.height, height, top, rows);
  const mixed = new Float32Array(plane.width);
  for (let y = 0; y < rows; y++) {
    mixRows(plane, lines, y * 4, mixed);
    for (let x = 0, k = 0, i = y * width; x < width; x++, i++, k += 4) {
      out.data[i] =
        columns.weight[k] * mixed[columns.index[k]] +
        columns.weight[k + 1] * mixed[columns.index[k + 1]] +
        columns.weight[k + 2] * mixed[columns.index[k + 2]] +
        columns.weight[k + 3] * mixed[columns.index[k + 3]];
    }
  }
  return out;
}

interface Taps {
  readonly index: Int32Array;
  readonly weight: Float32Array;
}

function taps(from: number, to: number, start: number, count: number): Taps {
  const index = new Int32Array(count * 4);
  const weight = new Float32Array(count * 4);
  for (let i = 0; i < count; i++) {
    const position = ((start + i + 0.5) * from) / to - 0.5;
    const first = Math.floor(position);
    const weights = catmullRom(position - first);
    for (let k = 0; k < 4; k++) {
      index[i * 4 + k] = Math.min(from - 1, Math.max(0, first + k - 1));
      weight[i * 4 + k] = weights[k];
    }
  }
  return { index, weight };
}

function mixRows({ width, data }: Plane, { index, weight }: Taps, k: number, out: Float32Array): void {
  const [a, b, c, d] = [index[k] * width, index[k + 1] * width, index[k + 2] * width, index[k + 3] * width];
  const [wa, wb, wc, wd] = [weight[k], weight[k + 1], weight[k + 2], weight[k + 3]];
  for (let x = 0; x < width; x++) {
    out[x] = wa * data[a + x] + wb * data[b + x] + wc * data[c + x] + wd * data[d + x];
  }
}
