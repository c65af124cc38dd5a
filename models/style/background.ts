import { faceFrame } from '../face/face-frame.ts';
import type { LabPlanes } from '../image/colour.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { mirrorInto } from '../synthesis/retarget.ts';
import type { ReferenceView } from './reference.ts';

/**
 * The reference's background for a canvas: placed so that the faces coincide, moved as far as needed to cover the
 * canvas, and mirrored where it is too small.
 */
export function backgroundLayer(
  view: ReferenceView,
  width: number,
  height: number,
  landmarks: Float32Array,
): LabPlanes {
  const from = faceFrame(view.landmarks).centre;
  const to = faceFrame(landmarks).centre;
  const left = placeAlong(to[0] - from[0], view.plate.l.width, width);
  const top = placeAlong(to[1] - from[1], view.plate.l.height, height);
  const place = (plane: Plane) => placePlane(plane, left, top, width, height);
  return { l: place(view.plate.l), a: place(view.plate.a), b: place(view.plate.b) };
}

/** Where a plate of `size` px begins on a canvas of `canvas` px: near `wanted`, without a gap if it is large enough. */
function placeAlong(wanted: number, size: number, canvas: number): number {
  const start = Math.round(wanted);
  return size >= canvas ? Math.min(0, Math.max(canvas - size, start)) : start;
}

function placePlane(plane: Plane, left: number, top: number, width: number, height: number): Plane {
  const out = createPlane(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    const row = mirrorInto(y - top, plane.height) * plane.width;
    for (let x = 0; x < width; x++, i++) out.data[i] = plane.data[row + mirrorInto(x - left, plane.width)];
  }
  return out;
}
