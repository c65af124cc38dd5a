import { createPlane, type Plane } from './picture.ts';

/** A plane shrunk by a whole factor: each value is the mean of a `factor` × `factor` block (less at the borders). */
export function decimate(plane: Plane, factor: number): Plane {
  if (factor === 1) return plane;
  const { width, height, data } = plane;
  const out = createPlane(Math.ceil(width / factor), Math.ceil(height / factor));
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / factor) * out.width;
    for (let x = 0, i = y * width; x < width; x += factor) {
      const end = Math.min(width, x + factor) + y * width;
      let sum = 0;
      for (; i < end; i++) sum += data[i];
      out.data[row + x / factor] += sum;
    }
  }
  const [lastColumns, lastRows] = [width - (out.width - 1) * factor, height - (out.height - 1) * factor];
  for (let y = 0, i = 0; y < out.height; y++) {
    const rows = y === out.height - 1 ? lastRows : factor;
    for (let x = 0; x < out.width; x++, i++) {
      out.data[i] /= rows * (x === out.width - 1 ? lastColumns : factor);
    }
  }
  return out;
}

/** The opposite: a decimated plane brought back to `width` × `height`, bilinear. */
export function undecimate(plane: Plane, factor: number, width: number, height: number): Plane {
  if (factor === 1) return plane;
  const out = createPlane(width, height);
  const mixed = new Float32Array(plane.width);
  for (let y = 0; y < height; y++) {
    mixRows(plane, (y + 0.5) / factor - 0.5, mixed);
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const position = Math.max(0, (x + 0.5) / factor - 0.5);
      const left = position | 0;
      const right = left + 1 < plane.width ? left + 1 : left;
      out.data[i] = mixed[left] + (position - left) * (mixed[right] - mixed[left]);
    }
  }
  return out;
}

function mixRows({ width, height, data }: Plane, position: number, out: Float32Array): void {
  const clamped = Math.max(0, position);
  const top = Math.min(height - 1, clamped | 0);
  const t = Math.min(1, clamped - top);
  const above = top * width;
  const below = Math.min(height - 1, top + 1) * width;
  for (let x = 0; x < width; x++) out[x] = data[above + x] + t * (data[below + x] - data[above + x]);
}
