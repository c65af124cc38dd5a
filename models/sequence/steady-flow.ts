/**
 * A flow smoothed where pictures do not tell it: a mean weighted by structure tensors, so that an edge lends the motion
 * across it and not the one along it (Farnebäck 2003's averaging of displacement constraints).
 */
import { gaussianBlur } from '../image/blur.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import type { Flow } from './optical-flow.ts';

/** Squared grey levels a pixel: what is smoother than this takes the motion of its surroundings. */
const NOISE = 0.3;
/** Grey levels by which a flow may miss before it counts half. */
const MISFIT = 6;

/**
 * @param picture luma that the flow leads from, of its size
 * @param misfit by how many grey levels what the flow leads to differs
 * @param weight 0..1: what moves together with its surroundings; null for all
 * @param sigma px of the mean
 */
export function steadyFlow(
  { u, v }: Flow,
  { width, height, data }: Plane,
  misfit: Plane,
  weight: Plane | null,
  sigma: number,
): Flow {
  const [xx, xy, yy, xu, yu] = [0, 1, 2, 3, 4].map(() => createPlane(width, height));
  for (let y = 0, i = 0; y < height; y++) {
    const above = y > 0 ? width : 0;
    const below = y < height - 1 ? width : 0;
    for (let x = 0; x < width; x++, i++) {
      const gx = (data[i + (x < width - 1 ? 1 : 0)] - data[i - (x > 0 ? 1 : 0)]) / 2;
      const gy = (data[i + below] - data[i - above]) / 2;
      const w = (weight?.data[i] ?? 1) / (1 + (misfit.data[i] / MISFIT) ** 2);
      xx.data[i] = w * (gx * gx + NOISE);
      xy.data[i] = w * gx * gy;
      yy.data[i] = w * (gy * gy + NOISE);
      xu.data[i] = xx.data[i] * u.data[i] + xy.data[i] * v.data[i];
      yu.data[i] = xy.data[i] * u.data[i] + yy.data[i] * v.data[i];
    }
  }
  const [a, b, c, p, q] = [xx, xy, yy, xu, yu].map((plane) => gaussianBlur(plane, sigma));
  const out = { u: createPlane(width, height), v: createPlane(width, height) };
  for (let i = 0; i < u.data.length; i++) {
    const determinant = a.data[i] * c.data[i] - b.data[i] * b.data[i];
    const isTold = determinant > 1e-8;
    out.u.data[i] = isTold ? (c.data[i] * p.data[i] - b.data[i] * q.data[i]) / determinant : u.data[i];
    out.v.data[i] = isTold ? (a.data[i] * q.data[i] - b.data[i] * p.data[i]) / determinant : v.data[i];
  }
  return out;
}
