import { faceFrame } from '../face/face-frame.ts';
import type { LabPlanes } from '../image/colour.ts';
import { cropPlane } from '../image/crop.ts';
import type { Plane } from '../image/picture.ts';
import type { PreparedStyle } from './reference.ts';

/**
 * The reference's background for a canvas: at the scale of the person if it covers the canvas so, else just large
 * enough to cover it, and moved so that the faces coincide as nearly as that allows.
 *
 * @param landmarks of the portrait's main face, in pixels of the canvas
 * @param scale at which the person is painted: 1 is the reference's own size
 */
export function backgroundLayer(
  style: PreparedStyle,
  scale: number,
  width: number,
  height: number,
  landmarks: Float32Array,
): LabPlanes {
  const { reference } = style;
  const plate = style.plate(Math.max(scale, width / reference.width, height / reference.height));
  const size = plate.l.width / reference.width;
  const from = faceFrame(style.face.landmarks).centre;
  const to = faceFrame(landmarks).centre;
  const left = placeAlong(to[0] - from[0] * size, plate.l.width, width);
  const top = placeAlong(to[1] - from[1] * size, plate.l.height, height);
  const place = (plane: Plane) => cropPlane(plane, { x: -left, y: -top, width, height });
  return { l: place(plate.l), a: place(plate.a), b: place(plate.b) };
}

/** Where a plate of `size` px begins on a canvas of at most that size: near `wanted`, without a gap. */
function placeAlong(wanted: number, size: number, canvas: number): number {
  return Math.min(0, Math.max(canvas - size, Math.round(wanted)));
}
