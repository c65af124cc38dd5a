import { createPlane, type Plane } from '../image/picture.ts';
import { readLinear } from './node-map.ts';
import type { Flow } from './optical-flow.ts';

/** Of each pixel by how many grey levels what a flow leads to differs. */
export function misfitOf({ u, v }: Flow, from: Plane, to: Plane): Plane {
  const { width, height } = from;
  const out = createPlane(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++)
      out.data[i] = Math.abs(readLinear(to, x + u.data[i], y + v.data[i]) - from.data[i]);
  }
  return out;
}
