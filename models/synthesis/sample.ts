import { catmullRom } from '../image/catmull-rom.ts';

/** A plane's value at (u, v) px by Catmull-Rom interpolation; needs 1 px to the left and above and 2 px beyond. */
export function sampleCubic(data: Float32Array, width: number, u: number, v: number): number {
  const x = u | 0;
  const y = v | 0;
  const wx = catmullRom(u - x);
  const wy = catmullRom(v - y);
  let sum = 0;
  for (let k = 0; k < 4; k++) {
    const at = (y + k - 1) * width + x - 1;
    sum += wy[k] * (wx[0] * data[at] + wx[1] * data[at + 1] + wx[2] * data[at + 2] + wx[3] * data[at + 3]);
  }
  return sum;
}

/** The same by bilinear interpolation; (u, v) must lie inside. */
export function sampleLinear(
  data: Float32Array,
  width: number,
  height: number,
  u: number,
  v: number,
): number {
  const x = Math.min(width - 2, u | 0);
  const y = Math.min(height - 2, v | 0);
  const [fx, fy] = [u - x, v - y];
  const at = y * width + x;
  const above = data[at] + fx * (data[at + 1] - data[at]);
  const below = data[at + width] + fx * (data[at + width + 1] - data[at + width]);
  return above + fy * (below - above);
}
