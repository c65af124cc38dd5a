import { faceFrame } from '../face/face-frame.ts';
import type { LabPlanes } from '../image/colour.ts';
import { createPlane } from '../image/picture.ts';
import { mirrorInto } from '../synthesis/retarget.ts';
import type { ReferenceLevel } from './reference.ts';

export function backgroundLayer(
  level: ReferenceLevel,
  width: number,
  height: number,
  landmarks: Float32Array,
): LabPlanes {
  const { width: sw, height: sh } = level.lab.l;
  const from = faceFrame(level.landmarks).centre;
  const to = faceFrame(landmarks).centre;
  const place = (t: number, canvas: number, source: number) =>
    source >= canvas ? Math.min(0, Math.max(canvas - source, t)) : t;
  const tx = place(Math.round(to[0] - from[0]), width, sw);
  const ty = place(Math.round(to[1] - from[1]), height, sh);
  const out = { l: createPlane(width, height), a: createPlane(width, height), b: createPlane(width, height) };
  const plate = level.materials[0];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const u = mirrorInto(x - tx, sw);
      const v = mirrorInto(y - ty, sh);
      let at = v * sw + u;
      if (!plate.isMember[at] && plate.nearest[at] >= 0) {
        const n = plate.nearest[at];
        const ru = mirrorInto(2 * (n % sw) - u, sw);
        const rv = mirrorInto(2 * ((n / sw) | 0) - v, sh);
        at = plate.isMember[rv * sw + ru] ? rv * sw + ru : n;
      }
      out.l.data[i] = level.lab.l.data[at];
      out.a.data[i] = level.lab.a.data[at];
      out.b.data[i] = level.lab.b.data[at];
    }
  }
  return out;
}
